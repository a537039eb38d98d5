using Vittne.Flows.Metering;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Flows.Metering;

public sealed class TcpMeasureTests
{
    private static readonly byte[] WindowScale = [3, 3, 7, 1];
    private static readonly byte[] SegmentSize = [2, 4, 0x05, 0xB4];

    [Fact]
    public void Retransmissions_and_late_segments_are_told_apart()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Handshake()
            .Client(1, "aaaa").Client(1, "aaaa").Client(9, "cccc").Client(5, "bbbb").Client(13, "dddd").Flows());

        Assert.Equal(16, flow.SourceSequenceBytes);
        Assert.Equal(20, flow.SourceAppBytes);
        Assert.Equal((1, 4), (flow.Tcp!.SourceRetransmissions, flow.Tcp.SourceRetransmittedBytes));
        Assert.Equal(1, flow.Tcp.SourceOutOfOrder);
        Assert.Equal(0, flow.Tcp.SourceGapBytes);
        Assert.Equal(1, flow.Tcp.SourceLoss);
    }

    [Fact]
    public void Bytes_that_were_acknowledged_and_never_came_are_a_gap()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Handshake()
            .Client(1, "aaaa").Client(11, "bbbb").Server(1, "", acknowledged: 15).Client(15, "cccc").Server(1, "", acknowledged: 25).Flows(
                new FlowMeterOptions { TellsZeek = true }));

        Assert.Equal(12, flow.SourceSequenceBytes);
        Assert.Equal(12, flow.Tcp!.SourceGapBytes);
        Assert.Equal(12, flow.Zeek!.MissedBytes);
        Assert.Equal(24, flow.Zeek.SourceBytes);
        Assert.Equal("ShADaG", flow.History![..6]);
    }

    [Fact]
    public void A_side_that_was_never_captured_has_the_bytes_that_were_acknowledged()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Client(1, "a", acknowledged: 1).Client(2, "b", acknowledged: 101).Client(3, "c", acknowledged: 301).Flows());

        Assert.Equal(300, flow.Tcp!.DestinationGapBytes);
        Assert.Equal(0, flow.DestinationSequenceBytes);
    }

    [Fact]
    public void Round_trips_are_measured_from_what_was_sent_once()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk()
            .Client(0, "", TcpFlag.Syn).After(0.009).Server(0, "", TcpFlag.Syn | TcpFlag.Ack).After(0.004).Client(1, "")
            .Client(1, "data").After(0.019).Server(1, "", acknowledged: 5)
            .Flows());

        Assert.Equal(10_000_000, flow.Tcp!.SynToSynAckNs);
        Assert.Equal(5_000_000, flow.Tcp.SynAckToAckNs);
        Assert.Equal(15_000_000, flow.Tcp.RoundTripNs);
        Assert.Equal(20_000_000, flow.Tcp.MinRoundTripNs);
    }

    [Fact]
    public void A_repeated_SYN_leaves_the_handshake_unmeasured()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Client(0, "", TcpFlag.Syn).Handshake().Client(1, "data").Client(1, "data").Server(1, "", acknowledged: 5).Flows());

        Assert.Equal(-1, flow.Tcp!.SynToSynAckNs);
        Assert.Equal(-1, flow.Tcp.RoundTripNs);
        Assert.Equal(-1, flow.Tcp.MinRoundTripNs);
    }

    [Fact]
    public void Options_of_the_SYNs_scale_windows()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk()
            .Ip(Frames.Ipv4(6, WithOptions(40_000, 80, 1000, TcpFlag.Syn, [.. SegmentSize, .. WindowScale])))
            .Ip(Frames.Ipv4(6, WithOptions(80, 40_000, 5000, TcpFlag.Syn | TcpFlag.Ack, WindowScale), isReply: true))
            .Client(1, "x", window: 100)
            .Flows());

        Assert.Equal("Mw", flow.Tcp!.Options);
        Assert.Equal(1460, flow.Tcp.SourceSegmentSize);
        Assert.Equal(7, flow.Tcp.SourceWindowScale);
        Assert.Equal(100 << 7, flow.Tcp.SourceWindow);
        Assert.Equal(4096, flow.Tcp.DestinationWindow);
        Assert.Equal((1000, 5000), (flow.Tcp.SourceInitialSequence, flow.Tcp.DestinationInitialSequence));
    }

    [Fact]
    public void A_sequence_number_that_wraps_changes_nothing()
    {
        const uint start = uint.MaxValue - 2;
        FlowRecord flow = Assert.Single(new MeteredTalk()
            .Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [], start, 0, TcpFlag.Syn)))
            .Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [1, 2, 3, 4], start + 1, 1)))
            .Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [5, 6, 7, 8], unchecked(start + 5), 1)))
            .Flows());

        Assert.Equal(8, flow.SourceSequenceBytes);
        Assert.Equal(0, flow.Tcp!.SourceRetransmissions + flow.Tcp.SourceOutOfOrder + flow.Tcp.SourceGapBytes);
    }

    [Fact]
    public void A_new_connection_between_the_same_ports_is_a_new_flow()
    {
        var talk = new MeteredTalk();
        List<FlowRecord> flows = talk.Handshake().Client(1, "one")
            .Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [], 90_000, 0, TcpFlag.Syn)))
            .Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [1, 2], 90_001, 1)))
            .Flows();

        Assert.Equal(2, flows.Count);
        Assert.Equal((3, 2), (flows[0].SourcePackets, flows[1].SourcePackets));
        Assert.NotEqual(flows[0].FlowId, flows[1].FlowId);
    }

    [Fact]
    public void A_repeated_SYN_and_data_behind_a_RST_belong_to_the_same_flow()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Client(0, "", TcpFlag.Syn).Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Rst | TcpFlag.Ack).Client(1, "late").Flows());

        Assert.Equal(3, flow.SourcePackets);
        Assert.Equal("RST", flow.State);
    }

    [Fact]
    public void A_jump_beyond_all_windows_begins_a_new_flow()
    {
        MeteredTalk talk = new MeteredTalk().Handshake().Client(1, "one").Ip(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [1, 2], 200_000_000, 1)));

        Assert.Equal(2, talk.Flows().Count);
        Assert.Single(talk.Flows(new FlowMeterOptions { MaxSeek = int.MaxValue }));
    }

    private static byte[] WithOptions(ushort source, ushort destination, uint sequence, int flags, byte[] options)
    {
        byte[] header = Frames.Tcp(source, destination, [], sequence, 0, (ushort)flags);
        header[12] = (byte)((5 + (options.Length / 4)) << 4);
        return [.. header, .. options];
    }
}
