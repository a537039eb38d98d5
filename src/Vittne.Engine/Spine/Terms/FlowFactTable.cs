using Vittne.Packets;

namespace Vittne.Engine.Spine.Terms;

/// <summary>What is known of flows, by addresses, ports and tunnels; equal ones that follow each other are told apart by their first packet.</summary>
internal sealed class FlowFactTable
{
    /// <summary>Flows of which something is known at most: about 100 bytes each.</summary>
    private const int MaxFlows = 2_000_000;

    private readonly Dictionary<FlowEnds, List<Stretch>> _flows = [];
    private int _count;

    /// <summary>Flows for which there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Something became known of a flow, or it began: that ends what is known of an equal one before it.</summary>
    public void Add(FlowFactRecord fact)
    {
        FlowIdentity flow = fact.Flow;
        var ends = FlowEnds.Of(flow.Source, flow.Destination, flow.SourcePort, flow.DestinationPort, flow.Protocol, fact.TunnelKey);
        if (!_flows.TryGetValue(ends, out List<Stretch>? stretches))
        {
            if (fact.Holding == 0)
            {
                return;
            }

            stretches = [];
        }

        if (_count >= MaxFlows)
        {
            Dropped++;
            return;
        }

        if (Add(stretches, flow.Id, fact.Holding))
        {
            _count++;
            _flows.TryAdd(ends, stretches);
        }
    }

    /// <summary>The terms that hold for a packet.</summary>
    /// <param name="packet">Its headers.</param>
    /// <param name="ordinal">Which packet of the run it is.</param>
    public uint Holding(in DecodedPacket packet, long ordinal)
    {
        if (_flows.Count == 0)
        {
            return 0;
        }

        var ends = FlowEnds.Of(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol, packet.TunnelKey);
        if (!_flows.TryGetValue(ends, out List<Stretch>? stretches))
        {
            return 0;
        }

        int at = stretches.Count - 1;
        while (at >= 0 && stretches[at].First > ordinal)
        {
            at--;
        }

        return at < 0 ? 0 : stretches[at].Holding;
    }

    private static bool Add(List<Stretch> stretches, long first, uint holding)
    {
        int at = stretches.Count;
        while (at > 0 && stretches[at - 1].First > first)
        {
            at--;
        }

        if (at > 0 && stretches[at - 1].First == first)
        {
            stretches[at - 1] = new Stretch(first, stretches[at - 1].Holding | holding);
            return false;
        }

        stretches.Insert(at, new Stretch(first, holding));
        return true;
    }

    /// <summary>From its first packet on a flow is one of which these terms hold.</summary>
    private readonly record struct Stretch(long First, uint Holding);

    /// <summary>Both ends in an order that does not depend on the direction, as the flow table compares them.</summary>
    private readonly record struct FlowEnds(IpAddress Low, IpAddress High, ushort LowPort, ushort HighPort, byte Protocol, ulong TunnelKey)
    {
        public static FlowEnds Of(in IpAddress a, in IpAddress b, ushort portA, ushort portB, byte protocol, ulong tunnelKey)
        {
            int order = a.CompareTo(b);
            return order < 0 || (order == 0 && portA <= portB)
                ? new FlowEnds(a, b, portA, portB, protocol, tunnelKey)
                : new FlowEnds(b, a, portB, portA, protocol, tunnelKey);
        }
    }
}
