using System.Text;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Metering;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Flows.Metering;

public sealed class FlowMeterTests
{
    private static readonly byte[] Query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "example"u8, 3, .. "com"u8, 0, 0, 1, 0, 1];

    [Fact]
    public void Datagrams_both_ways_are_one_flow_with_bytes_of_every_layer()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Udp(50_000, 53, Query).After(0.999).Udp(53, 50_000, Query, isReply: true).Flows());

        Assert.Equal((1, 1), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal(14 + 20 + 8 + Query.Length, flow.SourceBytes);
        Assert.Equal(20 + 8 + Query.Length, flow.SourceIpBytes);
        Assert.Equal(Query.Length, flow.SourceAppBytes);
        Assert.Equal(1_000_000_000, flow.DurationNs);
        Assert.Equal(("SF", "Dd", "CON"), (flow.ConnectionState, flow.History, flow.State));
        Assert.Equal(FlowDirection.Both, flow.Direction);
        Assert.Equal(("dns", "eof"), (flow.Service, flow.Reason));
        Assert.Equal((64, 64), (flow.SourceTtl, flow.DestinationTtl));
    }

    [Fact]
    public void Who_asks_is_told_by_content_where_both_ports_are_the_same()
    {
        byte[] answer = [.. Query];
        answer[2] = 0x81;
        FlowRecord flow = Assert.Single(new MeteredTalk().Udp(53, 53, answer, isReply: true).Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal((0, 1), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal("SHR", flow.ConnectionState);
    }

    [Fact]
    public void Datagrams_to_a_group_never_turn()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().Ip(Frames.Ipv4("192.0.2.1", "224.0.0.9", 17, Frames.Udp(53, 50_000, [1]))).Flows());

        Assert.Equal("192.0.2.1", flow.Source.ToString());
        Assert.Equal("INT", flow.State);
    }

    [Fact]
    public void Packets_to_oneself_count_as_the_originators()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk()
            .Ip(Frames.Ipv4("192.0.2.1", "192.0.2.1", 17, Frames.Udp(99, 99, [1]))).Ip(Frames.Ipv4("192.0.2.1", "192.0.2.1", 17, Frames.Udp(99, 99, [1]))).Flows());

        Assert.Equal((2, 0), (flow.SourcePackets, flow.DestinationPackets));
    }

    [Fact]
    public void Silence_ends_a_flow_and_what_comes_then_begins_another()
    {
        MeteredTalk talk = new MeteredTalk().Udp(50_000, 9, [1]).After(61).Udp(50_000, 9, [2]);

        List<FlowRecord> flows = talk.Flows();
        Assert.Equal(["timeout", "eof"], flows.Select(static flow => flow.Reason));
        Assert.Single(talk.Flows(new FlowMeterOptions { Timeouts = new FlowTimeouts().WithIdle(120_000_000_000) }));
    }

    [Fact]
    public void A_reset_connection_is_over_when_its_linger_time_is()
    {
        List<FlowRecord> flows = new MeteredTalk().Handshake().Client(1, "", TcpFlag.Rst).After(31).Client(1, "", TcpFlag.Rst).Flows();

        Assert.Equal(2, flows.Count);
        Assert.Equal("shutdown", flows[0].Reason);
    }

    [Fact]
    public void Records_of_intervals_add_up_and_remember_what_was_seen()
    {
        MeteredTalk talk = new MeteredTalk().Handshake().Client(1, "aaaa").After(10).Client(1, "aaaa").Client(5, "bbbb").After(10).Server(1, "cccc", acknowledged: 9);
        FlowRecord whole = Assert.Single(talk.Flows());
        List<FlowRecord> parts = talk.Flows(new FlowMeterOptions { Borders = static () => static first => first + 5_000_000_000 });

        Assert.Equal(["start", "status", "close"], parts.Select(static part => part.Status));
        Assert.Single(parts.Select(static part => part.FlowId).Distinct());
        Assert.Equal(whole.SourcePackets, parts.Sum(static part => part.SourcePackets));
        Assert.Equal(whole.DestinationBytes, parts.Sum(static part => part.DestinationBytes));
        Assert.Equal(whole.SourceSequenceBytes, parts.Sum(static part => part.SourceSequenceBytes));
        Assert.Equal(1, parts[1].Tcp!.SourceRetransmissions);
        Assert.Equal(whole.LastNs, parts[^1].LastNs);
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_negative_times()
    {
        FlowRecord flow = Assert.Single(new MeteredTalk().After(5).Udp(50_000, 9, [1]).After(-3).Udp(50_000, 9, [2]).Flows());

        Assert.True(flow.DurationNs > 0);
        Assert.Equal(1, flow.Context!.ClockBack);
        Assert.True(flow.FirstNs < flow.LastNs);
    }

    [Fact]
    public void A_full_table_gives_up_those_that_end_next_and_counts_them()
    {
        var talk = new MeteredTalk();
        for (int i = 0; i < 3000; i++)
        {
            talk.Ip(Frames.Ipv4($"10.0.{i / 200}.{(i % 200) + 1}", "198.51.100.1", 6, Frames.Tcp(1024, 80, [], (uint)i, 0, TcpFlag.Syn)));
        }

        List<FlowRecord> flows = talk.Flows(new FlowMeterOptions { MaxFlows = 1024 });

        Assert.Equal(3000, flows.Count);
        Assert.True(talk.Summary!.Flows.Evicted > 0);
        Assert.Equal(talk.Summary.Flows.Evicted, flows.Count(static flow => flow.Reason == "forced"));
    }

    [Fact]
    public void Fragments_count_as_packets_of_their_datagram()
    {
        byte[] packet = Frames.Ipv4(17, Frames.Udp(50_000, 9, new byte[100]));
        var talk = new MeteredTalk();
        Frames.FragmentIpv4(packet, 56).ForEach(piece => talk.Ip(piece));
        FlowRecord flow = Assert.Single(talk.Flows());

        Assert.Equal(2, flow.SourcePackets);
        Assert.Equal(108 + 40, flow.SourceIpBytes);
        Assert.Equal(108 + 40 + 28, flow.SourceBytes);
        Assert.Equal(100, flow.SourceAppBytes);
        Assert.Equal(1, flow.Context!.Fragments);
    }

    [Fact]
    public void Fragments_that_never_become_whole_are_told()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(17, Frames.Udp(50_000, 9, new byte[100])), 56);

        FlowRecord first = Assert.Single(new MeteredTalk().Ip(pieces[0]).Flows());
        FlowRecord second = Assert.Single(new MeteredTalk().Ip(pieces[1]).Flows());

        Assert.Equal((50_000, 9), (first.SourcePort, first.DestinationPort));
        Assert.Equal((0, 0), (second.SourcePort, second.DestinationPort));
        Assert.True(first.Context!.IsFragmentOrphan && second.Context!.IsFragmentOrphan);
        Assert.Equal((1, 1), (first.SourcePackets, second.SourcePackets));
    }

    [Fact]
    public void Offloaded_checksums_count_like_any_and_their_share_is_told()
    {
        // The client's checksums are never filled in: its network card was to make them (zeek#2934).
        MeteredTalk talk = new MeteredTalk().Handshake().Client(1, "data");
        FlowRecord flow = Assert.Single(talk.Flows());
        Assert.Equal(3, flow.SourcePackets);
        Assert.Equal(0, talk.Summary!.BadChecksums);

        flow = Assert.Single(talk.Flows(new FlowMeterOptions { Checksums = ChecksumUse.Check }));
        Assert.Equal((3, 1), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal(4, talk.Summary.BadChecksums);
        Assert.Equal(["transport.checksum"], flow.Anomalies!);

        flow = Assert.Single(talk.Flows(new FlowMeterOptions { Checksums = ChecksumUse.Drop }));
        Assert.Equal((0, 0), (flow.SourcePackets, flow.DestinationPackets));
        Assert.Equal("Cc", flow.History);
    }

    [Fact]
    public void Lengths_are_those_of_the_headers_where_the_capture_cuts()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(50_000, 9, new byte[1000])));
        FlowRecord flow = Assert.Single(new MeteredTalk().Frame(frame[..60], frame.Length).Flows());

        Assert.Equal((1042, 1028, 1000), (flow.SourceBytes, flow.SourceIpBytes, flow.SourceAppBytes));
    }

    [Fact]
    public void Statistics_are_kept_when_they_are_asked_for()
    {
        MeteredTalk talk = new MeteredTalk().Udp(50_000, 9, new byte[58]).After(0.099).Udp(50_000, 9, new byte[158]).After(0.199).Udp(50_000, 9, new byte[258]);
        Assert.Null(Assert.Single(talk.Flows()).Statistics);

        FlowSideStatistics side = Assert.Single(talk.Flows(new FlowMeterOptions { KeepsStatistics = true })).Statistics!.Source;
        Assert.Equal((100, 300), (side.SizeMin, side.SizeMax));
        Assert.Equal(200, side.SizeMean, 9);
        Assert.Equal(150, side.GapMean, 9);
        Assert.Equal(50, side.GapDeviation, 9);
        Assert.Equal(100, side.Jitter, 9);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Any_number_of_workers_tells_the_same(int workers)
    {
        var talk = new MeteredTalk();
        for (ushort i = 0; i < 500; i++)
        {
            talk.ClientPort = (ushort)(40_000 + (i % 97));
            talk.Handshake().Client(1, "GET / HTTP/1.1\r\n\r\n").Udp((ushort)(30_000 + i), 53, Query)
                .Ip(Frames.Ipv4("203.0.113.1", "203.0.113.2", 47, [0, 0, 8, 0, .. Frames.Ipv4(17, Frames.Udp((ushort)(20_000 + i), 53, Query))]));
        }

        Assert.Equal(Texts(talk.Flows()), Texts(talk.Flows(workers: workers)));
    }

    private static string Texts(List<FlowRecord> flows)
    {
        using var text = new MemoryStream();
        var writer = new JsonFlowWriter(new FlowWriterOptions { Output = text });
        foreach (FlowRecord flow in flows)
        {
            flow.Capture = null;
            writer.Add(flow);
        }

        writer.Finish();
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
