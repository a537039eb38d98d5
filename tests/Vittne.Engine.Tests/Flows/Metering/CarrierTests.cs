using Vittne.Flows.Metering;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Flows.Metering;

public sealed class CarrierTests
{
    private static readonly byte[] Inner = Frames.Ipv4(17, Frames.Udp(50_000, 9, new byte[10]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Both_the_flow_in_a_tunnel_and_the_flow_that_carries_it_are_told(int workers)
    {
        List<FlowRecord> flows = new MeteredTalk().Ip(Gre(Inner)).Ip(Gre(Inner)).Flows(workers: workers);

        Assert.Equal(2, flows.Count);
        FlowRecord inner = flows.Single(static flow => flow.Protocol == "udp"), carrier = flows.Single(static flow => flow.Protocol == "gre");
        Assert.Equal(["gre"], inner.Context!.Tunnel!);
        Assert.Equal(carrier.FlowId, inner.Context.Parent);
        Assert.Equal("gre", carrier.Service);
        Assert.Equal((2, 2 * Inner.Length), (inner.SourcePackets, inner.SourceBytes));
        Assert.Equal((2, 2 * (14 + 20 + 4 + Inner.Length)), (carrier.SourcePackets, carrier.SourceBytes));
        Assert.NotEqual(carrier.FlowId, inner.FlowId);
    }

    [Fact]
    public void A_tunnel_in_a_tunnel_has_a_flow_for_each()
    {
        List<FlowRecord> flows = new MeteredTalk().Ip(Gre(Frames.Ipv4("10.1.1.1", "10.1.1.2", 4, Inner))).Flows();

        Assert.Equal(3, flows.Count);
        FlowRecord inner = flows.Single(static flow => flow.Protocol == "udp"), middle = flows.Single(static flow => flow.Protocol == "ipip");
        FlowRecord outer = flows.Single(static flow => flow.Protocol == "gre");
        Assert.Equal(["gre", "ip"], inner.Context!.Tunnel!);
        Assert.Equal(["gre"], middle.Context!.Tunnel!);
        Assert.Equal((middle.FlowId, outer.FlowId), (inner.Context.Parent, middle.Context.Parent));
    }

    [Fact]
    public void Tunnels_tell_flows_apart_only_when_the_key_says_so()
    {
        MeteredTalk talk = new MeteredTalk().Ip(Gre(Inner)).Ip(Frames.Ipv4("203.0.113.9", "203.0.113.2", 47, [0, 0, 8, 0, .. Inner]));

        Assert.Single(talk.Flows(), static flow => flow.Protocol == "udp");
        Assert.Equal(2, talk.Flows(key: FlowKeyParts.Tunnel).Count(static flow => flow.Protocol == "udp"));
    }

    [Fact]
    public void Tags_are_told_and_tell_flows_apart_only_when_the_key_says_so()
    {
        MeteredTalk talk = new MeteredTalk().Frame(Frames.Vlan(Inner, 10, 20)).Frame(Frames.Vlan(Inner, 30));

        Assert.Equal([10, 20], Assert.Single(talk.Flows()).Vlan!);
        Assert.Equal(2, talk.Flows(key: FlowKeyParts.Vlan).Count);
    }

    [Fact]
    public void Question_and_answer_of_ICMP_are_one_flow_and_identifiers_tell_apart()
    {
        byte[] other = Frames.Icmp(8, 0, [1]);
        other[5] = 9;
        MeteredTalk talk = new MeteredTalk().Ip(Frames.Ipv4(1, Frames.Icmp(8, 0, [1, 2]))).Ip(Frames.Ipv4(1, Frames.Icmp(0, 0, [1, 2]), isReply: true)).Ip(Frames.Ipv4(1, other));
        List<FlowRecord> flows = talk.Flows();

        Assert.Equal(2, flows.Count);
        Assert.Equal((1, 1), (flows[0].SourcePackets, flows[0].DestinationPackets));
        Assert.Equal((8, 0, 1), (flows[0].Context!.IcmpType, flows[0].Context!.IcmpCode, flows[0].Context!.IcmpId));
        Assert.Equal((2, "ECR"), (flows[0].SourceAppBytes, flows[0].State));
        Assert.Equal("ECO", flows[1].State);
        Assert.Single(talk.Flows(new FlowMeterOptions { IgnoresIcmpIdentifiers = true }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_is_a_flow_and_tells_the_flow_that_it_is_about(int workers)
    {
        byte[] question = Frames.Ipv4(17, Frames.Udp(50_000, 9, new byte[10]));

        // Cut behind the ports: what old routers quote, and less.
        byte[] error = Frames.Ipv4("203.0.113.7", "192.0.2.1", 1, Frames.Icmp(3, 3, question[..24]));
        List<FlowRecord> flows = new MeteredTalk().Ip(question).Ip(error).Flows(workers: workers);

        FlowRecord about = flows.Single(static flow => flow.Protocol == "udp"), told = flows.Single(static flow => flow.Protocol == "icmp");
        Assert.Equal("203.0.113.7", about.Context!.IcmpNode.ToString());
        Assert.Equal("URP", about.Context.IcmpError);
        Assert.Equal((1, 0), (about.SourcePackets, about.DestinationPackets));
        Assert.Equal(("URP", 3, 3), (told.State, told.Context!.IcmpType, told.Context.IcmpCode));
    }

    [Fact]
    public void Errors_of_both_sides_are_two_flows()
    {
        List<FlowRecord> flows = new MeteredTalk().Ip(Frames.Ipv4(1, Frames.Icmp(3, 1, new byte[4]))).Ip(Frames.Ipv4(1, Frames.Icmp(3, 1, new byte[4]), isReply: true)).Flows();

        Assert.Equal(2, flows.Count);
    }

    [Fact]
    public void Who_asks_by_ARP_and_who_is_asked_are_a_flow()
    {
        byte[] ask = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 9];
        byte[] answer = [0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0, 9, 192, 0, 2, 9, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1];
        MeteredTalk talk = new MeteredTalk().Frame(Frames.Ethernet(ask, 0x0806)).Frame(Frames.Ethernet(answer, 0x0806)).Frame(Frames.Ethernet(new byte[46], 0x88CC));
        FlowRecord flow = Assert.Single(talk.Flows());

        Assert.Equal(("arp", "192.0.2.1", "192.0.2.9"), (flow.Protocol, flow.Source.ToString(), flow.Destination.ToString()));
        Assert.Equal((1, 1, "CON"), (flow.SourcePackets, flow.DestinationPackets, flow.State));
        Assert.Equal(["arp", "lldp"], talk.Flows(tellsNonIp: true).Select(static told => told.Protocol));
    }

    [Fact]
    public void Data_connections_of_FTP_are_known_by_what_their_control_connection_says()
    {
        var talk = new MeteredTalk { ServerPort = 21 };
        talk.Handshake().Server(1, "220 ready\r\n").Client(1, "USER anonymous\r\n", acknowledged: 12).Server(12, "227 Entering Passive Mode (198,51,100,1,195,80)\r\n", acknowledged: 17);
        talk.ClientPort = 40_001;
        talk.ServerPort = 50_000;
        talk.Handshake().Server(1, "0123456789");
        FlowRecord data = talk.Flows().Single(static flow => flow.DestinationPort == 50_000);

        Assert.Equal(("ftp-data", "content"), (data.Service, data.ServiceBy));
    }

    private static byte[] Gre(byte[] packet) => Frames.Ipv4("203.0.113.1", "203.0.113.2", 47, [0, 0, 8, 0, .. packet]);
}
