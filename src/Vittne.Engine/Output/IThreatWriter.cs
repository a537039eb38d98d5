using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>One form of the output of a hunt.</summary>
public interface IThreatWriter
{
    /// <summary>Takes one event.</summary>
    void Write(ThreatRecord threat);

    /// <summary>Lets out what waits in a buffer; more events may follow.</summary>
    void PassOn();

    /// <summary>Everything was told: writes what waits.</summary>
    void Flush();
}
