using Vittne.Flows.Analysis;
using Vittne.Flows.Analysis.Exfiltration;
using Vittne.Flows.Analysis.LongFlows;
using Vittne.Flows.Analysis.Reversals;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Analysis;

public sealed class HostAnalysesTests
{
    [Fact]
    public void Much_sent_out_with_little_coming_back_is_exfiltration()
    {
        ExfiltrationFinding found = Assert.Single(Exfiltration(
            Sized("10.0.0.5:40000 > 198.51.100.9:443", 7_000_000, 10_000), Sized("10.0.0.5:40001 > 198.51.100.9:443", 6_000_000, 10_000),
            Sized("10.0.0.5:40002 > 10.0.0.6:445", 50_000_000, 0), Sized("198.51.100.9:40000 > 10.0.0.5:443", 50_000_000, 0), Sized("10.0.0.6:1 > 198.51.100.8:443", 20_000_000, 30_000_000)));

        Assert.Equal(("10.0.0.5", "198.51.100.9", 13_000_000L, 20_000L, 0.997), (found.Flow.Source.ToString(), found.Flow.Destination.ToString(), found.SentBytes, found.ReceivedBytes, found.Ratio));
        Assert.Equal(["bytes"], found.Reasons);
        Assert.Equal([1L, 2L], found.Evidence);
    }

    [Fact]
    public void Much_more_than_the_host_sends_to_others_is_told_whatever_comes_back()
    {
        FlowRecord[] usual = [.. Enumerable.Range(1, 9).Select(static i => Sized($"10.0.0.5:{i} > 198.51.100.{i}:443", 40_000, 400_000))];
        ExfiltrationFinding found = Assert.Single(Exfiltration([.. usual, Sized("10.0.0.5:99 > 203.0.113.1:443", 1_200_000, 4_000_000)]));

        Assert.Equal(["median"], found.Reasons);
        Assert.Equal(30.0, found.TimesMedian);
    }

    [Theory]
    [InlineData("udp", 17, 53, 150_000, 90_000, "dns")]
    [InlineData("icmp", 1, -1, 150_000, 150_000, "icmp")]
    [InlineData("udp", 17, 53, 150_000, 900_000, null)]
    [InlineData("udp", 17, 4_000, 150_000, 0, null)]
    public void Carriers_of_little_have_lower_limits(string protocol, int number, int port, long sent, long received, string? carrier)
    {
        FlowRecord record = Sized("10.0.0.5:40000 > 198.51.100.9:1", sent, received);
        (record.Protocol, record.ProtocolNumber, record.DestinationPort) = (protocol, number, port);

        Assert.Equal(carrier is null ? [] : [carrier], Exfiltration(record).Select(static finding => finding.Carrier!));
    }

    [Fact]
    public void Networks_that_the_user_names_are_inside()
    {
        Assert.True(LocalNetworks.TryParse("198.51.100.0/24, 2001:db8::/32", out LocalNetworks local, out _));
        FlowRecord[] records = [Sized("10.0.0.5:1 > 198.51.100.9:443", 20_000_000, 0), Sized("198.51.100.9:1 > 203.0.113.1:443", 20_000_000, 0)];
        List<ExfiltrationFinding> found = AnalysisRun.Find<ExfiltrationFinding>(new ExfiltrationAnalysis(new ExfiltrationOptions { Local = local }), records);

        Assert.Equal("198.51.100.9", Assert.Single(found).Flow.Source.ToString());
        Assert.False(LocalNetworks.TryParse("10.0.0.0/8,x", out _, out string wrong));
        Assert.Equal("x", wrong);
    }

    [Fact]
    public void Flows_of_an_hour_and_open_ones_that_cover_the_capture_are_long()
    {
        FlowRecord hour = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:22", 100, 800, duration: 3_600);
        FlowRecord closed = FlowSamples.Tcp("10.0.0.1:2 > 10.0.0.2:22", duration: 3_590);
        FlowRecord open = FlowSamples.Tcp("10.0.0.1:3 > 10.0.0.2:22", at: 5, duration: 3_590);
        FlowRecord part = FlowSamples.Tcp("10.0.0.1:4 > 10.0.0.2:22", at: 2_000, duration: 1_595);
        open.State = part.State = "CON";
        open.Reason = part.Reason = "eof";
        hour.NeedStatistics().LongestSilenceNs = 50 * FlowSamples.SecondNs;
        List<LongFlowFinding> found = AnalysisRun.Find<LongFlowFinding>(new LongFlowAnalysis(new LongFlowOptions()), AnalysisRun.Numbered([closed, hour, part, open]));

        Assert.Equal([(1, false, 1.0, 2.0), (3, true, 0.997, 0.7)], found.Select(static finding => (finding.SourcePort, finding.IsOpen, finding.Share, finding.Rate)));
        Assert.Equal([50 * FlowSamples.SecondNs, -1], found.Select(static finding => finding.SilenceNs));
    }

    [Theory]
    [InlineData("http", 100_000, 10_000, "upload")]
    [InlineData(null, 100_000, 10_000, "upload")]
    [InlineData("ssh", 100_000, 10_000, null)]
    [InlineData("smtp", 100_000, 10_000, null)]
    [InlineData("http", 100_000, 90_000, null)]
    [InlineData("http", 60_000, 0, null)]
    public void Clients_that_send_where_servers_do_are_told(string? service, long sent, long received, string? kind)
    {
        FlowRecord record = Sized("10.0.0.5:40000 > 198.51.100.9:8080", sent, received);
        record.Service = service;

        Assert.Equal(kind is null ? [] : [kind], AnalysisRun.Find<ReversalFinding>(new ReversalAnalysis(new ReversalOptions()), [record]).Select(static finding => finding.Kind));
    }

    [Theory]
    [InlineData("ShAdaDA", null, 4_444, 60, "shell")]
    [InlineData("ShADad", null, 4_444, 60, null)]
    [InlineData("ShAdaDA", null, 22, 60, null)]
    [InlineData("ShAdaDA", "ssh", 4_444, 60, null)]
    [InlineData("ShAdaDA", null, 4_444, 5, null)]
    public void Conversations_in_lines_that_the_server_begins_are_shells(string history, string? service, int port, double duration, string? kind)
    {
        FlowRecord record = Sized($"10.0.0.5:40000 > 198.51.100.9:{port}", 3_000, 400);
        (record.History, record.Service, record.SourcePackets, record.DestinationPackets) = (history, service, 40, 40);
        record.LastNs = record.FirstNs + (long)(duration * FlowSamples.SecondNs);

        Assert.Equal(kind is null ? [] : [kind], AnalysisRun.Find<ReversalFinding>(new ReversalAnalysis(new ReversalOptions()), [record]).Select(static finding => finding.Kind));
    }

    private static List<ExfiltrationFinding> Exfiltration(params FlowRecord[] records) =>
        AnalysisRun.Find<ExfiltrationFinding>(new ExfiltrationAnalysis(new ExfiltrationOptions()), AnalysisRun.Numbered(records));

    private static FlowRecord Sized(string ends, long sent, long received)
    {
        FlowRecord record = FlowSamples.Tcp(ends);
        (record.SourceAppBytes, record.DestinationAppBytes) = (sent, received);
        return record;
    }
}
