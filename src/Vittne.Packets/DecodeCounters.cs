namespace Vittne.Packets;

/// <summary>What a <see cref="PacketDecoder"/> could and could not read: part of the closing line of every verb.</summary>
public sealed class DecodeCounters
{
    private readonly long[] _notDecoded = new long[256];
    private readonly SortedDictionary<ushort, long> _unknownLinkTypes = [];
    private readonly List<string> _warnings = [];

    /// <summary>Packets given to the decoder.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets with an IP header that was understood.</summary>
    public long Decoded { get; internal set; }

    /// <summary>Packets of other network protocols (ARP, LLDP, STP, control frames, …): nothing is wrong with them.</summary>
    public long NotIp { get; internal set; }

    /// <summary>Packets that carried a fragment of a datagram.</summary>
    public long Fragments { get; internal set; }

    /// <summary>Datagrams that became whole.</summary>
    public long DatagramsCompleted { get; internal set; }

    /// <summary>Datagrams given up at their time-out or at the end.</summary>
    public long DatagramsIncomplete { get; internal set; }

    /// <summary>Datagrams given up for a limit on memory, datagrams or fragments (<c>frag.evicted</c>).</summary>
    public long DatagramsEvicted { get; internal set; }

    /// <summary>Datagrams that wait for fragments now.</summary>
    public long DatagramsHeld { get; internal set; }

    /// <summary>Sentences for people: one for each link type that is not decoded.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Packets that were not decoded, by reason, most frequent first; reasons are anomaly names, and <c>link type N</c>.</summary>
    public IReadOnlyList<(string Reason, long Packets)> NotDecoded()
    {
        var reasons = new List<(string Reason, long Packets)>();
        for (int i = 0; i < _notDecoded.Length; i++)
        {
            if (_notDecoded[i] > 0 && (AnomalyKind)i != AnomalyKind.LinkUnknown)
            {
                reasons.Add((AnomalyNames.Name((AnomalyKind)i), _notDecoded[i]));
            }
        }

        foreach ((ushort linkType, long packets) in _unknownLinkTypes)
        {
            reasons.Add(($"link type {linkType}", packets));
        }

        reasons.Sort((a, b) => a.Packets != b.Packets ? b.Packets.CompareTo(a.Packets) : string.CompareOrdinal(a.Reason, b.Reason));
        return reasons;
    }

    internal void CountNotDecoded(AnomalyKind reason, ushort linkType)
    {
        _notDecoded[(byte)reason]++;
        if (reason != AnomalyKind.LinkUnknown)
        {
            return;
        }

        if (_unknownLinkTypes.TryGetValue(linkType, out long packets))
        {
            _unknownLinkTypes[linkType] = packets + 1;
            return;
        }

        // At most 65,536 different ones: the number has 16 bits.
        _unknownLinkTypes.Add(linkType, 1);
        _warnings.Add($"link type {linkType} is not decoded: its packets are counted, not looked into");
    }
}
