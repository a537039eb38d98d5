using CsCheck;
using Vittne.Flows.Jobs;
using Vittne.Flows.Records;
using Vittne.Flows.Sorting;

namespace Vittne.Flows.Tests.Sorting;

public sealed class FlowSorterTests
{
    [Theory]
    [InlineData("sbytes", true)]
    [InlineData("dur", true)]
    [InlineData("rate", true)]
    [InlineData("pkts", true)]
    [InlineData("stime", false)]
    [InlineData("saddr", false)]
    [InlineData("service", false)]
    [InlineData("dur:asc", false)]
    [InlineData("saddr:desc", true)]
    public void Counts_rates_and_durations_begin_with_the_largest_and_the_rest_with_the_smallest(string text, bool isDescending)
    {
        Assert.True(FlowOrder.TryParse(text, out IReadOnlyList<FlowOrder>? orders, out _));
        Assert.Equal(isDescending, orders[0].IsDescending);
    }

    [Theory]
    [InlineData("sbyte", "there is no field 'sbyte'; the nearest are sbytes")]
    [InlineData("dur:up", "'dur:up' has no direction; write dur:asc or dur:desc")]
    [InlineData(" , ", "no field is named")]
    public void What_cannot_be_sorted_by_is_refused(string text, string words)
    {
        Assert.False(FlowOrder.TryParse(text, out _, out string problem));
        Assert.StartsWith(words, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Top_alone_is_by_bytes()
    {
        var list = new FlowList();
        Feed(new FlowJobs(new FlowJobOptions { Top = 2 }, list), [Sized(5), Sized(50), Sized(20), Sized(50)]);

        Assert.Equal(["50", "50"], FlowSamples.Lines(list.Records, "sbytes"));
    }

    [Theory]
    [InlineData("service", "dns http tls -")]
    [InlineData("service:desc", "tls http dns -")]
    public void A_record_that_does_not_tell_the_field_comes_last(string order, string expected)
    {
        FlowRecord[] records = [Named(null), Named("http"), Named("tls"), Named("dns")];
        Assert.Equal(expected.Split(' '), Sorted(order, null, records).Select(static record => record.Service ?? "-"));
    }

    [Fact]
    public void The_order_is_that_of_a_stable_sort_and_a_short_list_is_its_beginning()
    {
        string[] orders = ["sbytes", "dur:asc,saddr", "state,pcr", "proto:desc,sport,spkts", "saddr,daddr", "rate", "trans", "stime"];
        Gen.Select(FlowSamples.Any.Array[0, 200], Gen.Int[0, orders.Length - 1], Gen.Int[1, 30]).Sample((records, index, top) =>
        {
            Assert.True(FlowOrder.TryParse(orders[index], out IReadOnlyList<FlowOrder>? parsed, out _));
            IOrderedEnumerable<FlowRecord> expected = records.Order(Comparer<FlowRecord>.Create((a, b) => parsed!.Select(order => order.Compare(a, b)).FirstOrDefault(static order => order != 0)));

            Assert.Equal(expected, Sorted(orders[index], null, records));
            Assert.Equal(expected.Take(top), Sorted(orders[index], top, records));
        }, iter: 300);
    }

    [Fact]
    public void More_records_than_can_be_sorted_lose_the_end_of_the_order_and_that_is_told()
    {
        var list = new FlowList();
        Assert.True(FlowOrder.TryParse("sbytes", out IReadOnlyList<FlowOrder>? orders, out _));
        var jobs = new FlowJobs(new FlowJobOptions { Order = orders!, MaxRecords = 10 }, list);
        Feed(jobs, [.. Enumerable.Range(0, 100).Select(i => Sized(i * 37 % 100))]);

        Assert.Equal(["99", "98", "97", "96", "95", "94", "93", "92", "91", "90"], FlowSamples.Lines(list.Records, "sbytes"));
        Assert.StartsWith("90 records at the end of the order were left out", Assert.Single(jobs.Notes()), StringComparison.Ordinal);
    }

    private static FlowRecord Sized(long bytes) => FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", bytes, 0);

    private static FlowRecord Named(string? service)
    {
        FlowRecord record = Sized(1);
        record.Service = service;
        return record;
    }

    private static List<FlowRecord> Sorted(string order, int? top, FlowRecord[] records)
    {
        Assert.True(FlowOrder.TryParse(order, out IReadOnlyList<FlowOrder>? orders, out _));
        var list = new FlowList();
        Feed(new FlowSorter(orders!, top, list), records);
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
