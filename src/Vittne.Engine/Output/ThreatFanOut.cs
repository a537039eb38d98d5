using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Gives each event to several writers, in their order.</summary>
/// <param name="outputs">The writers.</param>
public sealed class ThreatFanOut(IReadOnlyList<IThreatWriter> outputs) : IThreatWriter
{
    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i].Write(threat, events);
        }
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i].PassOn();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i].Flush();
        }
    }
}
