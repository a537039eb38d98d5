using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events of one source and one trail that are told as one: how many, from when to when, and the ends that differ.</summary>
public sealed class CondensedEvents
{
    // A line must stay a line: of more ports or destinations than this, the lowest met first are named. The count has them all.
    private const int MaxNamed = 100;

    private readonly SortedSet<ushort> _sourcePorts = [];
    private readonly SortedSet<string> _destinations = new(StringComparer.Ordinal);
    private readonly SortedSet<ushort> _destinationPorts = [];
    private readonly SortedSet<string> _protocols = new(StringComparer.Ordinal);

    /// <summary>Begins with one event.</summary>
    public CondensedEvents(ThreatRecord first)
    {
        ArgumentNullException.ThrowIfNull(first);
        FirstSeenNs = first.At.TimestampNs;
        LastSeenNs = FirstSeenNs;
        Add(first);
    }

    /// <summary>How many events these are, at least 1.</summary>
    public long Count { get; private set; }

    /// <summary>Time of the earliest, nanoseconds since the epoch.</summary>
    public long FirstSeenNs { get; private set; }

    /// <summary>Time of the latest, nanoseconds since the epoch.</summary>
    public long LastSeenNs { get; private set; }

    /// <summary>Ports of the sender, ascending; empty when the protocol has none.</summary>
    internal IReadOnlyCollection<ushort> SourcePorts => _sourcePorts;

    /// <summary>Receivers in the order of their text.</summary>
    internal IReadOnlyCollection<string> Destinations => _destinations;

    /// <summary>Ports of the receivers, ascending; empty when the protocol has none.</summary>
    internal IReadOnlyCollection<ushort> DestinationPorts => _destinationPorts;

    /// <summary>Names of the transports in the order of their text.</summary>
    internal IReadOnlyCollection<string> Protocols => _protocols;

    /// <summary>Takes one more event.</summary>
    public void Add(ThreatRecord threat)
    {
        ArgumentNullException.ThrowIfNull(threat);
        Count++;
        FirstSeenNs = Math.Min(FirstSeenNs, threat.At.TimestampNs);
        LastSeenNs = Math.Max(LastSeenNs, threat.At.TimestampNs);
        var fields = new ThreatFields(threat);
        AddNamed(_destinations, fields.Destination.ToString());
        AddNamed(_protocols, fields.Transport);
        if (fields.HasPorts)
        {
            AddNamed(_sourcePorts, fields.SourcePort);
            AddNamed(_destinationPorts, fields.DestinationPort);
        }
    }

    private static void AddNamed<T>(SortedSet<T> set, T value)
    {
        if (set.Count < MaxNamed)
        {
            set.Add(value);
        }
    }
}
