using Vittne.Capture.Filters;
using Vittne.Packets;

namespace Vittne.Engine.Spine.Terms;

/// <summary>
/// A filter that asks what flows say. What a packet tells itself is looked at as it comes; what its flow may tell later is found by reading the
/// captures once before.
/// </summary>
internal sealed class FlowFilter
{
    /// <summary>Flows whose Community ID is remembered; a power of two.</summary>
    private const int RememberedFlows = 4_096;

    private readonly PacketFilter _filter;
    private readonly FlowTermSet _terms;
    private readonly FlowFactTable _facts;
    private readonly bool _asksId;
    private readonly bool _asksPayload;
    private readonly Remembered[] _remembered;

    private FlowFilter(PacketFilter filter, FlowTermSet terms, FlowFactTable facts)
    {
        _filter = filter;
        _terms = terms;
        _facts = facts;
        _asksId = terms.Has(FlowTermKind.CommunityId);
        _asksPayload = terms.Has(FlowTermKind.Payload);
        _remembered = new Remembered[_asksId ? RememberedFlows : 0];
    }

    /// <summary>Flows of which there was no room for what they said.</summary>
    public long Dropped => _facts.Dropped;

    /// <summary>Makes the filter of a run, which may read its captures; null when the expression asks nothing of flows.</summary>
    public static FlowFilter? Of(SpineOptions options, CancellationToken cancellation)
    {
        if (options.Filter is not { } filter || !FlowTermSet.TryRead(filter, out FlowTermSet? terms, out _) || terms is null)
        {
            return null;
        }

        var facts = new FlowFactTable();
        if (terms.NeedsSecondRead && options.Live is null)
        {
            new SpineRun(options with { Filter = null }, output => new FlowFactStage(terms, output), record => facts.Add((FlowFactRecord)record)).Run(cancellation);
        }

        return new FlowFilter(filter, terms, facts);
    }

    /// <summary>Whether a packet passes.</summary>
    /// <param name="batch">The decoded batch.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="ordinal">Which packet of the run it is.</param>
    public bool Matches(DecodedBatch batch, int index, long ordinal)
    {
        ref readonly DecodedPacket packet = ref batch.Decoded[index];
        uint holding = 0;
        if ((packet.Flags & (DecodedFlags.HasIp | DecodedFlags.Fragment)) == DecodedFlags.HasIp)
        {
            holding = _facts.Holding(packet, ordinal);
            holding |= _asksPayload ? _terms.OfPayload(batch.Payload(index)) : 0;
            holding |= _asksId ? OfCommunityId(packet) : 0;
        }

        return _filter.Given(holding).Matches(batch.Packets, index);
    }

    private uint OfCommunityId(in DecodedPacket packet)
    {
        bool needsPorts = packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Icmp or IpProtocol.IcmpV6;
        if (needsPorts && (packet.Flags & DecodedFlags.HasTransport) == 0)
        {
            return 0;
        }

        ref Remembered known = ref _remembered[packet.FlowHash & (RememberedFlows - 1)];
        if (known.Protocol != packet.Protocol || known.Source != packet.Source || known.Destination != packet.Destination
            || known.SourcePort != packet.SourcePort || known.DestinationPort != packet.DestinationPort)
        {
            string id = CommunityId.Compute(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol, seed: 0);
            known = new Remembered(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol, _terms.OfCommunityId(id));
        }

        return known.Holding;
    }

    private readonly record struct Remembered(
        IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, byte Protocol, uint Holding);
}
