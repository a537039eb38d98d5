using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Tests.Flows.Metering;

public sealed class TcpStateTests
{
    private const int Syn = TcpFlag.Syn;
    private const int SynAck = TcpFlag.Syn | TcpFlag.Ack;
    private const int FinAck = TcpFlag.Fin | TcpFlag.Ack;
    private const int Rst = TcpFlag.Rst;

    [Fact]
    public void A_connection_that_both_sides_close_is_told_whole()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Handshake()
            .Client(1, "GET / HTTP/1.1\r\n\r\n")
            .Server(1, "HTTP/1.1 200 OK\r\n\r\n", acknowledged: 19)
            .Client(19, "", FinAck, acknowledged: 20)
            .Server(20, "", FinAck, acknowledged: 20)
            .Client(20, "", TcpFlag.Ack, acknowledged: 21)
            .Flows());

        Assert.Equal("SF", flow.ConnectionState);
        Assert.Equal("ShADdFf", flow.History);
        Assert.Equal("FIN", flow.State);
        Assert.Equal("sSEfF", flow.StateLetters);
        Assert.Equal("closed", flow.EveState);
        Assert.Equal((5, 3), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal((18, 19), (flow.SourceSequenceBytes, flow.DestinationSequenceBytes));
        Assert.Equal("http", flow.Service);
        Assert.Equal("content", flow.ServiceBy);
        Assert.Equal(FlowDirection.Forward, flow.Direction);
        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal((0x13, 0x13), (flow.SourceFlags, flow.DestinationFlags));
    }

    [Theory]
    [InlineData("S", "S0", "S")]
    [InlineData("Sr", "REJ", "Sr")]
    [InlineData("SR", "RSTOS0", "SR")]
    [InlineData("SaR", "RSTOS0", "SaR")]
    [InlineData("SaFR", "OTH", "SaFR")]
    [InlineData("R", "OTH", "R")]
    [InlineData("Sh", "S1", "Sh")]
    [InlineData("ShA", "S1", "ShA")]
    [InlineData("ShAF", "S2", "ShAF")]
    [InlineData("ShAf", "S3", "ShAf")]
    [InlineData("ShADR", "RSTO", "ShADR")]
    [InlineData("ShADr", "RSTR", "ShADr")]
    [InlineData("SF", "SH", "SF")]
    [InlineData("D", "OTH", "D")]
    [InlineData("Dd", "OTH", "Dd")]
    public void States_and_history_are_those_of_Zeek(string packets, string state, string history)
    {
        FlowRecord flow = Assert.Single(Play(packets).Flows());

        Assert.Equal(state, flow.ConnectionState);
        Assert.Equal(history, flow.History);
    }

    [Theory]
    [InlineData("S", "REQ")]
    [InlineData("Sh", "ACC")]
    [InlineData("ShA", "CON")]
    [InlineData("ShAD", "CON")]
    [InlineData("ShAF", "FIN")]
    [InlineData("Sr", "RST")]
    [InlineData("D", "CON")]
    public void States_are_told_in_the_words_of_argus(string packets, string state) => Assert.Equal(state, Assert.Single(Play(packets).Flows()).State);

    [Fact]
    public void Counters_follow_their_host_when_the_direction_turns()
    {
        // Three packets of one host alone, beginning with SYN-ACK (zeek#5047).
        FlowRecord flow = Assert.Single(new MeteredTalk().Server(0, "", SynAck).Server(1, "", TcpFlag.Ack).Server(1, "", FinAck).Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal((0, 3), (flow.SourcePackets, flow.DestinationPackets));
        Assert.StartsWith("^h", flow.History);
        Assert.True(flow.IsDirectionGuessed);
    }

    [Fact]
    public void A_SYN_ACK_that_is_only_reset_keeps_its_sender_as_originator()
    {
        // From a port that no server listens on: a reverse scan.
        var talk = new MeteredTalk { ServerPort = 50_123 };
        FlowRecord flow = Assert.Single(talk.Server(0, "", SynAck).Client(1, "", Rst).Flows());

        Assert.Equal("198.51.100.1", flow.Source.ToString());
        Assert.Equal((1, 1), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal("Hr", flow.History);
    }

    [Theory]
    [InlineData("4-way")]
    [InlineData("5-way")]
    public void In_a_split_handshake_who_sent_the_first_SYN_is_the_originator(string kind)
    {
        // suricata-verify tcp-split-handshake: SYN, (ACK,) SYN, SYN-ACK or ACK.
        MeteredTalk talk = new MeteredTalk().Client(0, "", Syn);
        talk = kind == "5-way" ? talk.Server(0, "", TcpFlag.Ack) : talk;
        FlowRecord flow = Assert.Single(talk.Server(0, "", Syn).Client(0, "", SynAck).Server(1, "", TcpFlag.Ack).Client(1, "EVIL").Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal(80, flow.DestinationPort);
        Assert.Equal(4, flow.SourceAppBytes);
        Assert.False(flow.IsDirectionGuessed);
    }

    [Fact]
    public void An_answer_as_first_packet_turns_the_flow_and_keeps_its_bytes()
    {
        // suricata-verify tcp-stream-after-swap.
        FlowRecord flow = Assert.Single(new MeteredTalk()
            .Server(1, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .Client(1, "GET / HTTP/1.1\r\n\r\n", acknowledged: 39)
            .Server(39, "HTTP/1.1 404 Not Found\r\n\r\n", acknowledged: 19)
            .Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal((18, 64), (flow.SourceAppBytes, flow.DestinationAppBytes));
        Assert.Equal("^dD", flow.History);
        Assert.Equal(FlowDirection.Guessed, flow.Direction);
        Assert.Equal("http", flow.Service);
    }

    [Fact]
    public void A_SYN_that_comes_second_turns_a_guess()
    {
        // The client's port is one of servers, so the first segment alone points the other way.
        var talk = new MeteredTalk { ClientPort = 443, ServerPort = 50_000 };
        FlowRecord flow = Assert.Single(talk.Server(1, "x").Client(0, "", Syn).Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal((1, 1), (flow.SourcePackets, flow.DestinationPackets));
    }

    [Fact]
    public void Flags_that_no_stack_sends_are_told()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Client(0, "", Syn | TcpFlag.Fin).Client(0, "", TcpFlag.Fin | Rst).Flows());

        Assert.Equal("QI", flow.History);
        Assert.Equal(["tcp.flags"], flow.Anomalies!);
        Assert.Equal(2, flow.AnomalyCount);
    }

    [Fact]
    public void Letters_for_repeated_events_come_at_powers_of_ten()
    {
        MeteredTalk talk = new MeteredTalk().Handshake();
        for (int i = 0; i < 12; i++)
        {
            talk.Client(1, "x", window: 0);
        }

        FlowRecord flow = Assert.Single(talk.Flows());

        Assert.Equal("ShADWTWT", flow.History);
        Assert.Equal(12, flow.Tcp!.SourceZeroWindows);
        Assert.Equal(11, flow.Tcp.SourceRetransmissions);
    }

    private static MeteredTalk Play(string packets)
    {
        var talk = new MeteredTalk { ServerPort = 50_000, ClientPort = 50_001 };
        foreach (char packet in packets)
        {
            _ = packet switch
            {
                'S' => talk.Client(0, "", Syn),
                'h' => talk.Server(0, "", SynAck),
                'A' => talk.Client(1, ""),
                'a' => talk.Server(0, ""),
                'D' => talk.Client(1, "data"),
                'd' => talk.Server(1, "data", acknowledged: 5),
                'F' => talk.Client(1, "", TcpFlag.Fin | TcpFlag.Ack),
                'f' => talk.Server(1, "", TcpFlag.Fin | TcpFlag.Ack),
                'R' => talk.Client(1, "", Rst),
                'r' => talk.Server(0, "", Rst | TcpFlag.Ack),
                _ => throw new ArgumentException(packets),
            };
        }

        return talk;
    }

}
