using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Analysis;

/// <summary>The flows behind a finding, as far as they are named.</summary>
public sealed class FlowEvidence
{
    /// <summary>Flow ids that a finding names.</summary>
    public const int MaxIds = 20;

    // "No next header", the protocol of what has none: ARP, or several.
    private const byte NoProtocol = 59;

    private readonly List<long> _ids = [];

    /// <summary>Flows.</summary>
    public long Count { get; private set; }

    /// <summary>Their first packet, nanoseconds since the epoch; -1 without.</summary>
    public long FirstNs { get; private set; } = -1;

    /// <summary>Their last packet.</summary>
    public long LastNs { get; private set; } = -1;

    /// <summary>Number of their last packet in its capture; 0 when no record tells it.</summary>
    public long LastPacket { get; private set; }

    /// <summary>The capture of their last packet; null when no record tells it.</summary>
    public string? Capture { get; private set; }

    /// <summary>The first ids.</summary>
    public IReadOnlyList<long> Ids => _ids;

    /// <summary>Takes a flow in.</summary>
    public void Add(FlowRecord record) => Add(record.FlowId, record.FirstNs, record.LastNs, record.LastPacket, record.Capture);

    /// <summary>Takes a flow in.</summary>
    public void Add(long id, long firstNs, long lastNs, long lastPacket, string? capture)
    {
        Count++;
        if (id >= 0 && _ids.Count < MaxIds)
        {
            _ids.Add(id);
        }

        FirstNs = FirstNs < 0 ? firstNs : Math.Min(FirstNs, firstNs);
        if (lastNs >= LastNs)
        {
            LastNs = lastNs;
            LastPacket = Math.Max(lastPacket, 0);
            Capture = capture;
        }
    }

    /// <summary>Where a finding about these flows stands.</summary>
    /// <param name="captures">The captures of the run; one that is not there is added.</param>
    public PacketStamp Stamp(IList<string> captures)
    {
        string name = Capture ?? "";
        int index = captures.IndexOf(name);
        if (index < 0)
        {
            index = captures.Count;
            captures.Add(name);
        }

        return new PacketStamp(Math.Max(LastNs, 0), LastPacket, LastPacket, index);
    }

    /// <summary>Whom a finding is about; an unknown destination stands for many.</summary>
    public static FlowIdentity Between(in FlowAddress source, in FlowAddress destination, int protocol) => new()
    {
        IsDestinationKnown = destination.IsKnown,
        Id = 0,
        Source = source.Ip,
        Destination = destination.Ip,
        SourcePort = 0,
        DestinationPort = 0,
        Protocol = protocol is >= 0 and <= byte.MaxValue ? (byte)protocol : NoProtocol,
        ArePortsKnown = false,
    };
}
