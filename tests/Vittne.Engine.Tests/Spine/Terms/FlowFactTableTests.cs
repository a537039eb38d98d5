using Vittne.Engine.Spine.Terms;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Spine.Terms;

public sealed class FlowFactTableTests
{
    [Fact]
    public void What_a_flow_tells_holds_for_all_its_packets_and_not_for_equal_flows_before_and_after()
    {
        var table = new FlowFactTable();
        table.Add(Fact(flow: 10, holding: 0));
        table.Add(Fact(flow: 10, holding: 1));
        table.Add(Fact(flow: 20, holding: 0));
        table.Add(Fact(flow: 30, holding: 0));
        table.Add(Fact(flow: 30, holding: 4));
        table.Add(Fact(flow: 10, holding: 2));

        Assert.Equal([0u, 3u, 3u, 0u, 0u, 4u, 4u], new[] { 9L, 10, 19, 20, 29, 30, 99 }.Select(ordinal => table.Holding(Packet(isReply: false), ordinal)));
        Assert.Equal(3u, table.Holding(Packet(isReply: true), 15));
    }

    [Fact]
    public void Equal_addresses_in_another_tunnel_are_another_flow()
    {
        var table = new FlowFactTable();
        table.Add(Fact(flow: 1, holding: 1) with { TunnelKey = 7 });

        Assert.Equal(0u, table.Holding(Packet(isReply: false), 5));
        DecodedPacket inside = Packet(isReply: true);
        inside.TunnelKey = 7;
        Assert.Equal(1u, table.Holding(inside, 5));
    }

    private static FlowFactRecord Fact(long flow, uint holding)
    {
        FlowIdentity like = TestFlow.Tcp(443);
        return new FlowFactRecord
        {
            Flow = new FlowIdentity
            {
                Id = flow,
                Source = like.Source,
                Destination = like.Destination,
                SourcePort = like.SourcePort,
                DestinationPort = like.DestinationPort,
                Protocol = like.Protocol,
            },
            At = TestFlow.At(flow),
            Direction = Direction.FromOriginator,
            Holding = holding,
            TunnelKey = 0,
        };
    }

    private static DecodedPacket Packet(bool isReply)
    {
        FlowIdentity flow = isReply ? TestFlow.Tcp(443).Turned() : TestFlow.Tcp(443);
        return new DecodedPacket
        {
            Source = flow.Source,
            Destination = flow.Destination,
            SourcePort = flow.SourcePort,
            DestinationPort = flow.DestinationPort,
            Protocol = flow.Protocol,
        };
    }
}
