using Vittne.Flows.Analysis.Beacons;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Analysis;

public sealed class BeaconAnalysisTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Beacons_of_60_s_with_30_percent_jitter_over_an_hour_score_at_least_0_8(int seed)
    {
        var random = new Random(seed);
        BeaconFinding found = Assert.Single(Find([.. Beacon(random, 60, 0.3, 3_600), .. Browsing(random, 3_600)]));

        Assert.InRange(found.Score, 0.8, 1);
        Assert.InRange(found.Period, 50, 70);
        Assert.InRange(found.Jitter, 0.05, 0.3);
        Assert.Equal(("10.0.0.5", "198.51.100.9", 443, 1), (found.Flow.Source.ToString(), found.Flow.Destination.ToString(), found.Port, found.Prevalence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Browsing_scores_below_0_5(int seed)
    {
        List<BeaconFinding> found = AnalysisRun.Find<BeaconFinding>(
            new BeaconAnalysis(new BeaconOptions { MinScore = 0 }), AnalysisRun.Numbered(Browsing(new Random(seed), 3_600)));

        Assert.NotEmpty(found);
        Assert.All(found, static finding => Assert.InRange(finding.Score, 0, 0.5));
    }

    [Fact]
    public void An_exact_beacon_is_of_high_severity_and_names_its_first_20_flows()
    {
        BeaconFinding found = Assert.Single(Find(Beacon(new Random(1), 30, 0, 3_600)));

        Assert.Equal(("high", 30.0, 0.0), (found.Severity, found.Period, found.Jitter));
        Assert.Equal((1.0, 1.0, 1.0), (found.IntervalScore, found.SizeScore, found.CoverageScore));
        Assert.Equal(Enumerable.Range(1, 20).Select(static id => (long)id), found.Evidence);
        Assert.Equal(120, found.Flows);
    }

    [Fact]
    public void Fewer_connections_than_asked_for_or_fewer_than_three_times_are_no_beacon()
    {
        Assert.Empty(Find(Beacon(new Random(1), 60, 0, 9 * 60)));
        Assert.Empty(Find(Enumerable.Range(0, 20).Select(static i => FlowSamples.Tcp("10.0.0.5:4000 > 198.51.100.9:443", at: i % 2))));
    }

    [Fact]
    public void Hosts_that_talk_to_the_same_destination_are_counted()
    {
        FlowRecord[] others = [.. Enumerable.Range(10, 4).Select(static i => FlowSamples.Tcp($"10.0.0.{i}:4000 > 198.51.100.9:80", at: i))];

        Assert.Equal(5, Assert.Single(Find([.. Beacon(new Random(1), 60, 0.1, 3_600), .. others])).Prevalence);
    }

    [Fact]
    public void Findings_do_not_depend_on_the_order_of_records()
    {
        List<FlowRecord> records = AnalysisRun.Numbered([.. Beacon(new Random(1), 60, 0.2, 3_600), .. Browsing(new Random(2), 3_600)]);
        FlowRecord[] shuffled = [.. records];
        new Random(3).Shuffle(shuffled);

        Assert.Equal(
            AnalysisRun.Find<BeaconFinding>(new BeaconAnalysis(new BeaconOptions()), records).Select(static finding => (finding.Score, finding.Period, finding.Flows)),
            AnalysisRun.Find<BeaconFinding>(new BeaconAnalysis(new BeaconOptions()), shuffled).Select(static finding => (finding.Score, finding.Period, finding.Flows)));
    }

    private static List<BeaconFinding> Find(IEnumerable<FlowRecord> records) =>
        AnalysisRun.Find<BeaconFinding>(new BeaconAnalysis(new BeaconOptions()), AnalysisRun.Numbered(records));

    private static List<FlowRecord> Beacon(Random random, double period, double jitter, double seconds)
    {
        var records = new List<FlowRecord>();
        for (double at = 0; at < seconds; at += period * (1 + (jitter * ((random.NextDouble() * 2) - 1))))
        {
            FlowRecord record = FlowSamples.Tcp($"10.0.0.5:{40_000 + records.Count} > 198.51.100.9:443", at: at, duration: 0.4);
            record.SourceAppBytes = 312;
            record.DestinationAppBytes = 128;
            records.Add(record);
        }

        return records;
    }

    // Pages now and then; each opens a burst of connections of any size to one of a few servers.
    private static List<FlowRecord> Browsing(Random random, double seconds)
    {
        var records = new List<FlowRecord>();
        for (double at = 0; at < seconds; at += -Math.Log(1 - random.NextDouble()) * 240)
        {
            int server = random.Next(1, 4);
            double within = at;
            for (int i = random.Next(2, 9); i > 0; i--)
            {
                within += -Math.Log(1 - random.NextDouble()) * 0.8;
                FlowRecord record = FlowSamples.Tcp($"10.0.0.5:{50_000 + records.Count} > 203.0.113.{server}:443", at: within, duration: random.NextDouble() * 20);
                record.SourceAppBytes = (long)Math.Exp(6 + (random.NextDouble() * 3));
                record.DestinationAppBytes = (long)Math.Exp(7 + (random.NextDouble() * 6));
                records.Add(record);
            }
        }

        return records;
    }
}
