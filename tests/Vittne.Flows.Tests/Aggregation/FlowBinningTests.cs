using System.Globalization;
using CsCheck;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Jobs;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Aggregation;

public sealed class FlowBinningTests
{
    [Theory]
    [InlineData("1h", "2026-03-04T05:06:07Z", "2026-03-04T05:00:00Z", "2026-03-04T06:00:00Z")]
    [InlineData("7d", "2026-01-09T00:00:00Z", "2026-01-08T00:00:00Z", "2026-01-15T00:00:00Z")]
    [InlineData("7d", "2025-12-31T23:00:00Z", "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("90", "2026-01-01T00:02:00Z", "2026-01-01T00:01:30Z", "2026-01-01T00:03:00Z")]
    [InlineData("1w", "2026-01-07T10:00:00Z", "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z")]
    [InlineData("1w", "1970-01-02T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z")]
    [InlineData("1M", "2024-02-29T12:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("3M", "2024-02-29T12:00:00Z", "2024-01-01T00:00:00Z", "2024-04-01T00:00:00Z")]
    [InlineData("1y", "2024-02-29T12:00:00Z", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("5m", "2026-01-01T00:05:00Z", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z")]
    public void Bins_begin_where_calendars_say(string bins, string time, string start, string end)
    {
        Assert.True(FlowBinning.TryParse(bins, out FlowBinning? binning));
        Assert.Equal((Ns(start), Ns(end)), (binning.StartOf(Ns(time)), binning.EndOf(Ns(time))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0s")]
    [InlineData("5x")]
    [InlineData("1.5h")]
    [InlineData("5mm")]
    [InlineData("99999999s")]
    public void What_is_no_bin_is_refused(string text) => Assert.False(FlowBinning.TryParse(text, out _));

    [Fact]
    public void A_record_is_spread_over_its_bins_and_the_parts_add_up()
    {
        // 30 s in the first minute, 60 s in the second, 10 s in the third.
        FlowRecord record = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", 1_000, 7, at: 30, duration: 100);
        record.SourcePackets = 10;
        record.DestinationPackets = 1;
        List<FlowRecord> parts = Run(new FlowJobOptions { Bins = Bins("1m") }, record);

        Assert.Equal(
            ["1767571230.000000000 29.999999000 3 0 300 2", "1767571260.000000000 59.999999000 6 1 600 4", "1767571320.000000000 10.000000000 1 0 100 1"],
            FlowSamples.Lines(parts, "stime,dur,spkts,dpkts,sbytes,dbytes"));
    }

    [Fact]
    public void Borders_are_told_as_times_and_empty_bins_as_zeros_when_asked_for()
    {
        List<FlowRecord> parts = Run(
            new FlowJobOptions { Bins = Bins("1m"), AreTimesBorders = true, HasEmptyBins = true },
            FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", at: 200), FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", at: 5));

        Assert.Equal(
            ["1767571200.000000000 1767571260.000000000 5", "1767571260.000000000 1767571320.000000000 0", "1767571320.000000000 1767571380.000000000 0", "1767571380.000000000 1767571440.000000000 5"],
            FlowSamples.Lines(parts, "stime,ltime,pkts"));
    }

    [Fact]
    public void Keys_are_merged_in_each_bin_by_itself_in_order_of_time()
    {
        List<FlowRecord> merged = Run(
            new FlowJobOptions { Bins = Bins("1m"), Key = FlowKey.FiveTuple },
            FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", at: 70), FlowSamples.Tcp("10.0.0.3:1 > 10.0.0.2:2", at: 5), FlowSamples.Tcp("10.0.0.2:2 > 10.0.0.3:1", at: 9));

        Assert.Equal(["10.0.0.3 10 2", "10.0.0.1 5 1"], FlowSamples.Lines(merged, "saddr,pkts,trans"));
    }

    [Fact]
    public void Cutting_keeps_sums_and_cutting_again_changes_nothing() =>
        Gen.Select(FlowSamples.Any.Array[1, 5], Gen.OneOf("1s", "3s", "1m", "7s")).Sample((records, bins) =>
        {
            string[] counters = ["spkts", "dpkts", "sbytes", "dbytes", "sappbytes", "sretrans", "sgap"];
            long[] before = [.. counters.Select(name => records.Sum(record => Math.Max(FlowFields.Get(name).Get(record).Number, 0)))];
            FlowBinning binning = Bins(bins);
            var once = new FlowList();
            Feed(new FlowBinCutter(binning, false, once), records);
            Assert.All(once.Records, record => Assert.True(record.LastNs >= record.FirstNs && record.LastNs < binning.EndOf(record.FirstNs)));
            Assert.Equal(before, counters.Select(name => once.Records.Sum(record => Math.Max(FlowFields.Get(name).Get(record).Number, 0))));

            string[] texts = [.. once.Records.Select(FlowSamples.Text)];
            var twice = new FlowList();
            Feed(new FlowBinCutter(binning, false, twice), [.. once.Records]);
            Assert.Equal(texts, twice.Records.Select(FlowSamples.Text));
        }, iter: 500);

    [Fact]
    public void Shares_add_up_and_are_within_one_of_the_exact_part() => Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, 1L << 60].Array[1, 9]).Sample((total, weights) =>
    {
        long[] parts = FlowBinCutter.Share(total, weights);
        Assert.Equal(total, parts.Aggregate(0L, static (sum, part) => checked(sum + part)));
        double sum = weights.Sum(static weight => (double)weight);
        for (int i = 0; sum > 0 && i < parts.Length; i++)
        {
            Assert.InRange(parts[i] - (total * (weights[i] / sum)), -1.0 - (total * 1e-12), 1.0 + (total * 1e-12));
        }
    });

    [Fact]
    public void A_record_over_too_many_bins_is_left_whole_and_told()
    {
        var list = new FlowList();
        var jobs = new FlowJobs(new FlowJobOptions { Bins = Bins("1s") }, list);
        jobs.Add(FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", duration: 200_000));
        jobs.Finish();

        Assert.Single(list.Records);
        Assert.Contains("left whole", Assert.Single(jobs.Notes()), StringComparison.Ordinal);
    }

    private static FlowBinning Bins(string text) => FlowBinning.TryParse(text, out FlowBinning? binning) ? binning : throw new FormatException(text);

    private static long Ns(string time) => (DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch).Ticks * 100;

    private static List<FlowRecord> Run(FlowJobOptions options, params FlowRecord[] records)
    {
        var list = new FlowList();
        Feed(new FlowJobs(options, list), records);
        return list.Records;
    }

    private static void Feed(IFlowSink sink, FlowRecord[] records)
    {
        foreach (FlowRecord record in records)
        {
            sink.Add(record);
        }

        sink.Finish();
    }
}
