using Vittne.Flows.Analysis.Scans;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Analysis;

public sealed class ScanAnalysisTests
{
    private const short Syn = 0x02;
    private const short SynAck = 0x12;
    private const short Reset = 0x04;
    private const short ResetAck = 0x14;

    [Fact]
    public void Many_ports_of_a_host_are_a_vertical_scan_with_what_is_open()
    {
        ScanFinding found = Assert.Single(Find(Enumerable.Range(1, 40).Select(static port => port is 22 or 25
            ? Probe("10.0.0.9", "10.0.0.1", port, port * 0.1, Syn | Reset, SynAck, "RSTO")
            : Probe("10.0.0.9", "10.0.0.1", port, port * 0.1, Syn, ResetAck, "REJ"))));

        Assert.Equal(("vertical", "syn", 1, 40, "1-40", 2), (found.Kind, found.Technique, found.Targets, found.Ports, found.PortList, found.OpenCount));
        Assert.Equal(["10.0.0.1:22", "10.0.0.1:25"], found.Open);
        Assert.Equal(("10.0.0.9", "10.0.0.1", 1.0, 40L), (found.Flow.Source.ToString(), found.Flow.Destination.ToString(), found.Unanswered, found.Flows));
        Assert.Equal(20, found.Evidence.Count);
    }

    [Fact]
    public void A_port_of_many_hosts_is_a_horizontal_scan_and_connections_that_are_completed_are_told()
    {
        ScanFinding found = Assert.Single(Find(Enumerable.Range(1, 50).Select(static host => host == 7
            ? Probe("10.0.0.9", $"10.0.1.{host}", 445, host * 0.1, Syn | 0x10 | Reset, SynAck, "RSTO")
            : Probe("10.0.0.9", $"10.0.1.{host}", 445, host * 0.1, Syn, -1, "S0"))));

        Assert.Equal(("horizontal", "connect", 50, 1, false), (found.Kind, found.Technique, found.Targets, found.Ports, found.Flow.IsDestinationKnown));
        Assert.Equal(["10.0.1.7:445"], found.Open);
    }

    [Fact]
    public void Many_ports_of_many_hosts_are_a_block()
    {
        ScanFinding found = Assert.Single(Find(
            Enumerable.Range(0, 40 * 35).Select(static i => Probe("10.0.0.9", $"10.0.1.{1 + (i / 35)}", 1 + (i % 35), i * 0.01, Syn, -1, "S0"))));

        Assert.Equal(("block", 40, 35), (found.Kind, found.Targets, found.Ports));
    }

    [Theory]
    [InlineData(0x01, "fin")]
    [InlineData(0x00, "null")]
    [InlineData(0x29, "xmas")]
    [InlineData(0x10, "ack")]
    public void Other_flags_are_other_techniques(short flags, string technique) =>
        Assert.Equal(technique, Assert.Single(Find(Enumerable.Range(1, 40).Select(port => Probe("10.0.0.9", "10.0.0.1", port, port, flags, ResetAck, "OTH")))).Technique);

    [Fact]
    public void Datagrams_that_get_unreachable_back_are_a_scan()
    {
        ScanFinding found = Assert.Single(Find(Enumerable.Range(1, 40).Select(static port =>
        {
            FlowRecord record = Other("udp", 17, "10.0.0.9", "10.0.0.1", port, port);
            record.NeedContext().IcmpError = "URP";
            return record;
        })));

        Assert.Equal(("vertical", "udp", 0), (found.Kind, found.Technique, found.OpenCount));
    }

    [Theory]
    [InlineData("icmp", 1, "icmp-sweep")]
    [InlineData("arp", -1, "arp-sweep")]
    public void Sweeps_have_no_ports(string protocol, int number, string technique)
    {
        ScanFinding found = Assert.Single(Find(Enumerable.Range(1, 40).Select(host =>
        {
            FlowRecord record = Other(protocol, number, "10.0.0.9", $"10.0.1.{host}", -1, host);
            record.State = "ECO";
            record.DestinationPackets = host % 4 == 0 ? 1 : 0;
            return record;
        })));

        Assert.Equal(("horizontal", technique, 40, 0, 10), (found.Kind, found.Technique, found.Targets, found.Ports, found.OpenCount));
    }

    [Fact]
    public void Answers_to_many_that_sent_nothing_are_backscatter_of_who_sends_them()
    {
        // The receiver of a SYN-ACK is the originator; it sent nothing.
        ScanFinding found = Assert.Single(Find(Enumerable.Range(1, 40).Select(static host =>
        {
            FlowRecord record = Probe($"203.0.113.{host}", "198.51.100.1", 80, host, -1, SynAck, "SHR");
            record.SourcePackets = 0;
            return record;
        })));

        Assert.Equal(("backscatter", "198.51.100.1", 40), (found.Kind, found.Flow.Source.ToString(), found.Targets));
    }

    [Fact]
    public void Attempts_that_are_answered_or_slow_or_few_are_no_scan()
    {
        Assert.Empty(Find(Enumerable.Range(1, 50).Select(static host => Probe("10.0.0.9", $"10.0.1.{host}", 443, host * 0.1, 0x1B, 0x1B, "SF"))));
        Assert.Empty(Find(Enumerable.Range(1, 50).Select(static port => Probe("10.0.0.9", "10.0.0.1", port, port * 10, Syn, -1, "S0"))));
        Assert.Empty(Find(Enumerable.Range(1, 29).Select(static port => Probe("10.0.0.9", "10.0.0.1", port, port, Syn, -1, "S0"))));
        Assert.Empty(Find(Enumerable.Range(1, 50).Select(static _ => Probe("10.0.0.9", "10.0.0.1", 80, 1, Syn, -1, "S0"))));
    }

    [Fact]
    public void Scans_that_are_apart_in_time_are_told_one_by_one()
    {
        List<ScanFinding> found = Find(Enumerable.Range(0, 80).Select(static i => Probe("10.0.0.9", "10.0.0.1", 1 + (i % 40), (i / 40 * 1_000) + (i % 40), Syn, -1, "S0")));

        Assert.Equal([40, 40], found.Select(static finding => finding.Ports));
        Assert.Equal(FlowSamples.MondayNs, found[0].FirstNs);
    }

    [Fact]
    public void Records_in_any_order_give_the_same_scans()
    {
        List<FlowRecord> records = AnalysisRun.Numbered(Enumerable.Range(0, 300).Select(static i => Probe("10.0.0.9", $"10.0.1.{i % 7}", 1 + (i % 90), i * 0.3, Syn, -1, "S0")));
        FlowRecord[] shuffled = [.. records];
        new Random(1).Shuffle(shuffled);

        Assert.Equal(Summaries(records), Summaries(shuffled));
    }

    private static IEnumerable<(string, int, int, long, long, long)> Summaries(IEnumerable<FlowRecord> records) =>
        AnalysisRun.Find<ScanFinding>(new ScanAnalysis(new ScanOptions()), records)
            .Select(static finding => (finding.Kind, finding.Targets, finding.Ports, finding.Flows, finding.FirstNs, finding.LastNs));

    private static List<ScanFinding> Find(IEnumerable<FlowRecord> records) => AnalysisRun.Find<ScanFinding>(new ScanAnalysis(new ScanOptions()), AnalysisRun.Numbered(records));

    private static FlowRecord Probe(string from, string to, int port, double at, int flags, int answer, string state)
    {
        FlowRecord record = FlowSamples.Tcp($"{from}:50000 > {to}:{port}", at: at, duration: 0.01);
        record.SourcePackets = 1;
        record.DestinationPackets = answer < 0 ? 0 : 1;
        record.SourceFlags = (short)flags;
        record.DestinationFlags = (short)answer;
        record.ConnectionState = state;
        return record;
    }

    private static FlowRecord Other(string protocol, int number, string from, string to, int port, double at)
    {
        FlowRecord record = FlowSamples.Tcp($"{from}:50000 > {to}:{Math.Max(port, 0)}", at: at, duration: 0.01);
        (record.Protocol, record.ProtocolNumber, record.DestinationPort) = (protocol, number, port);
        (record.SourcePackets, record.DestinationPackets) = (1, 0);
        return record;
    }
}
