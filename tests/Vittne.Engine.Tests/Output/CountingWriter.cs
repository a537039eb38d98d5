using Vittne.Engine.Output;
using Vittne.Trails;

namespace Vittne.Engine.Tests.Output;

/// <summary>Keeps what it is given.</summary>
internal sealed class CountingWriter : IThreatWriter
{
    public List<(ThreatRecord Threat, long Count, long LastNs)> Told { get; } = [];

    public long Sum => Told.Sum(static told => told.Count);

    public void Write(ThreatRecord threat, CondensedEvents? events = null) => Told.Add((threat, events!.Count, events.LastSeenNs));

    public void PassOn()
    {
    }

    public void Flush()
    {
    }
}
