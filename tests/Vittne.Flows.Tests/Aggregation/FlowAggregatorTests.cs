using CsCheck;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Records;
using Vittne.Flows.Tests.Records;

namespace Vittne.Flows.Tests.Aggregation;

public sealed class FlowAggregatorTests
{
    private const string Sums = "saddr,sport,daddr,dport,spkts,dpkts,sbytes,dbytes,trans";

    [Fact]
    public void Without_keys_both_ways_of_a_tuple_are_one_record_from_the_side_that_came_first()
    {
        List<FlowRecord> merged = Aggregate(FlowKey.FiveTuple, FlowSamples.Tcp("10.0.0.1:4000 > 10.0.0.2:80", 100, 200), FlowSamples.Tcp("10.0.0.2:80 > 10.0.0.1:4000", 7, 8, at: 5));

        Assert.Equal(["10.0.0.1 4000 10.0.0.2 80 5 5 108 207 2"], FlowSamples.Lines(merged, Sums));
        Assert.Equal(["<-> 6.000000000 2.000000000 1 0 1.000000000 1.000000000"], FlowSamples.Lines(merged, "dir,dur,runtime,mean,stddev,min,max"));
    }

    [Fact]
    public void Who_is_known_to_have_begun_is_the_source_of_the_merged_record()
    {
        FlowRecord guessed = FlowSamples.Tcp("10.0.0.2:80 > 10.0.0.1:4000", 7, 8);
        guessed.Direction = FlowDirection.Guessed;
        List<FlowRecord> merged = Aggregate(FlowKey.FiveTuple, guessed, FlowSamples.Tcp("10.0.0.1:4000 > 10.0.0.2:80", 100, 200));

        Assert.Equal(["10.0.0.1 4000 10.0.0.2 80 5 5 108 207 2"], FlowSamples.Lines(merged, Sums));
    }

    [Fact]
    public void Types_of_icmp_and_who_asks_by_arp_stay_apart()
    {
        FlowRecord Record(string protocol, int number, string source, string destination, int type)
        {
            FlowRecord record = FlowSamples.Tcp($"{source}:0 > {destination}:0");
            (record.Protocol, record.ProtocolNumber, record.SourcePort, record.DestinationPort) = (protocol, number, -1, -1);
            record.NeedContext().IcmpType = type;
            return record;
        }

        Assert.Equal(2, Aggregate(FlowKey.FiveTuple, Record("icmp", 1, "10.0.0.1", "10.0.0.2", 8), Record("icmp", 1, "10.0.0.1", "10.0.0.2", 3), Record("icmp", 1, "10.0.0.2", "10.0.0.1", 8)).Count);
        Assert.Equal(2, Aggregate(FlowKey.FiveTuple, Record("arp", -1, "10.0.0.1", "10.0.0.2", -1), Record("arp", -1, "10.0.0.2", "10.0.0.1", -1)).Count);
    }

    [Theory]
    [InlineData("saddr", "10.0.0.1 * * * 4 6 101 202 2|10.0.0.2 * * * 2 3 5 6 1")]
    [InlineData("daddr/24", "* * 10.0.1.0/24 * 4 6 101 202 2|* * 10.0.0.0/24 * 2 3 5 6 1")]
    [InlineData("none", "* * * * 6 9 106 208 3")]
    [InlineData("dport", "* * * 80 4 6 101 202 2|* * * 4000 2 3 5 6 1")]
    [InlineData("matrix", "10.0.0.1 * 10.0.1.9 * 2 3 100 200 1|10.0.0.1 * 10.0.1.8 * 2 3 1 2 1|10.0.0.2 * 10.0.0.1 * 2 3 5 6 1")]
    [InlineData("matrix/8", "10.0.0.0/8 * 10.0.0.0/8 * 6 9 106 208 3")]
    public void Keys_merge_what_they_name_and_show_stars_for_the_rest(string key, string expected)
    {
        List<FlowRecord> merged = Aggregate(
            Key(key),
            FlowSamples.Tcp("10.0.0.1:4000 > 10.0.1.9:80", 100, 200),
            FlowSamples.Tcp("10.0.0.1:4001 > 10.0.1.8:80", 1, 2),
            FlowSamples.Tcp("10.0.0.2:80 > 10.0.0.1:4000", 5, 6));

        Assert.Equal(expected.Split('|'), FlowSamples.Lines(merged, Sums));
    }

    [Fact]
    public void Matrix_joins_both_ways_and_a_port_that_is_a_key_stays()
    {
        List<FlowRecord> merged = Aggregate(
            Key("matrix,dport"), FlowSamples.Tcp("10.0.0.1:4000 > 10.0.0.2:80", 100, 200), FlowSamples.Tcp("10.0.0.2:4000 > 10.0.0.1:80", 5, 6));

        Assert.Equal(["10.0.0.1 * 10.0.0.2 80 5 5 106 205 2"], FlowSamples.Lines(merged, Sums));
    }

    [Fact]
    public void Own_keys_keep_the_ways_apart_unless_both_are_asked_for()
    {
        FlowRecord[] Records() => [FlowSamples.Tcp("10.0.0.1:4000 > 10.0.0.2:80", 100, 200), FlowSamples.Tcp("10.0.0.2:80 > 10.0.0.1:4000", 5, 6)];

        Assert.Equal(2, Aggregate(Key("saddr,daddr"), Records()).Count);
        Assert.Equal(["10.0.0.1 * 10.0.0.2 * 5 5 106 205 2"], FlowSamples.Lines(Aggregate(Key("saddr,daddr", isBidirectional: true), Records()), Sums));
    }

    [Theory]
    [InlineData("hour", "0|2")]
    [InlineData("day", "1767571200.000000000|1767657600.000000000")]
    public void Hours_and_days_are_keys(string key, string expected)
    {
        List<FlowRecord> merged = Aggregate(
            Key(key), FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2"), FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", at: key == "hour" ? 7_200 : 90_000), FlowSamples.Tcp("10.0.0.3:1 > 10.0.0.2:2", at: 3));

        Assert.Equal(expected.Split('|'), FlowSamples.Lines(merged, key));
    }

    [Fact]
    public void Vendor_parts_of_hardware_addresses_are_keys()
    {
        FlowRecord a = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2"), b = FlowSamples.Tcp("10.0.0.3:1 > 10.0.0.2:2");
        a.SourceMac = 0x0200_5E10_0001;
        b.SourceMac = 0x0200_5E99_0001;

        Assert.Equal(["02:00:5e 2"], FlowSamples.Lines(Aggregate(Key("soui"), a, b), "soui,trans"));
    }

    [Theory]
    [InlineData("FIN", "RST", "RST")]
    [InlineData("CON", "FIN", "FIN")]
    [InlineData("INT", "REQ", "REQ")]
    [InlineData("ACC", "TIM", "TIM")]
    [InlineData("ECO", "INT", "INT")]
    [InlineData("ECO", "ECR", "")]
    public void The_worst_state_is_that_of_the_merged_record(string first, string second, string worst)
    {
        FlowRecord a = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2"), b = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2");
        a.State = first;
        b.State = second;

        Assert.Equal([worst], FlowSamples.Lines(Aggregate(FlowKey.FiveTuple, a, b), "state"));
    }

    [Fact]
    public void Records_of_one_flow_by_interval_become_the_flow_with_its_last_state()
    {
        FlowRecord start = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", duration: 5), close = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2", at: 60);
        (start.FlowId, start.Status, start.State, start.History) = (5, "start", "CON", "ShA");
        (close.FlowId, close.Status, close.State, close.History) = (5, "close", "CLO", "ShAFf");
        start.Tcp = new FlowTcp { RoundTripNs = 1_000, SourceWindow = 100, SourceInitialSequence = 9 };
        close.Tcp = new FlowTcp { SourceWindow = 300, SourceInitialSequence = 9 };

        Assert.Equal(["5 CLO ShAFf 0.000001000 300 9 61.000000000"], FlowSamples.Lines(Aggregate(FlowKey.FiveTuple, start, close), "flow_id,state,history,tcprtt,swin,sisn,dur"));
    }

    [Fact]
    public void Each_field_merges_as_its_table_says()
    {
        foreach (FlowField field in FlowFields.All.Where(static field => field.CanSet && field.Name is not ("community_id" or "proto" or "saddr" or "sport" or "daddr" or "dport" or "dur" or "pkt_first" or "pkt_last")))
        {
            FlowValue one = FlowFieldsTests.Sample(field, 9), two = FlowFieldsTests.Sample(field, 12);
            string? expected = field.Merge switch
            {
                FlowMerge.Same => one.CompareTo(two) == 0 ? one.ToString() : "",
                FlowMerge.Add => (one.Number + two.Number).ToString(System.Globalization.CultureInfo.InvariantCulture),
                FlowMerge.Min => one.ToString(),
                FlowMerge.Max => two.ToString(),
                FlowMerge.Mean => FlowValue.OfDuration((one.Number + two.Number) / 2).ToString(),
                FlowMerge.Or => FlowFlags.Text(9 | 12),
                FlowMerge.Any when field.Kind == FlowFieldKind.Flag => "true",
                FlowMerge.Any => "a12,a9,b",
                FlowMerge.Worst => "",
                _ => null,
            };

            if (expected is not null)
            {
                FlowRecord a = With(field, one), b = With(field, two);
                Assert.Equal((field.Name, expected), (field.Name, field.Get(Aggregate(FlowKey.FiveTuple, a, b)[0]).ToString()));

                FlowRecord known = With(field, one), unknown = With(field, FlowValue.Absent);
                string alone = field.Merge is FlowMerge.Same or FlowMerge.Worst && field.Kind != FlowFieldKind.Flag ? "" : one.ToString();
                Assert.Equal((field.Name, alone), (field.Name, field.Get(Aggregate(FlowKey.FiveTuple, unknown, known)[0]).ToString()));
            }
        }
    }

    [Fact]
    public void Aggregate_of_aggregated_parts_is_the_aggregate_of_the_whole()
    {
        string[] keys = ["saddr", "saddr,daddr,proto", "matrix", "dport", "saddr/31,service", "none"];
        Gen.Select(FlowSamples.Any.Array[0, 30], Gen.Int[0, 30], Gen.Int[-1, keys.Length - 1]).Sample((records, cut, index) =>
        {
            FlowKey key = index < 0 ? FlowKey.FiveTuple : Key(keys[index]);
            cut = Math.Min(cut, records.Length);
            List<FlowRecord> whole = Aggregate(key, [.. records.Select(static record => record.Copy())]);
            List<FlowRecord> parts = [.. Aggregate(key, [.. records[..cut].Select(static record => record.Copy())]), .. Aggregate(key, [.. records[cut..].Select(static record => record.Copy())])];

            Assert.Equal(whole.Select(FlowSamples.Text), Aggregate(key, [.. parts]).Select(FlowSamples.Text));
        }, iter: 400);
    }

    [Fact]
    public void Sums_stay_whatever_the_key_and_however_few_keys_fit()
    {
        string[] keys = ["saddr", "matrix/30", "dport,service", "none", "sttl"];
        string[] counters = ["pkts", "bytes", "appbytes", "retrans"];
        Gen.Select(FlowSamples.Any.Array[0, 30], Gen.Int[0, keys.Length - 1], Gen.Int[1, 5]).Sample((records, index, groups) =>
        {
            long[] before = [.. counters.Select(name => records.Sum(record => Math.Max(FlowFields.Get(name).Get(record).Number, 0)))];
            var list = new FlowList();
            var aggregator = new FlowAggregator(Key(keys[index]), null, list, groups);
            foreach (FlowRecord record in records)
            {
                aggregator.Add(record);
            }

            aggregator.Finish();
            Assert.Equal(before, counters.Select(name => list.Records.Sum(record => Math.Max(FlowFields.Get(name).Get(record).Number, 0))));
            Assert.Equal(records.Length, list.Records.Sum(static record => FlowFields.Get("trans").Get(record).Number));
            Assert.True(list.Records.Count <= groups || aggregator.HandedOnEarly == list.Records.Count - groups);
        }, iter: 500);
    }

    [Theory]
    [InlineData("bytes", "'bytes' is no key; there are saddr daddr")]
    [InlineData("dport/8", "'dport' takes no prefix length")]
    [InlineData("saddr/129", "'saddr/129' has no prefix length")]
    [InlineData("saddr/x", "'saddr/x' has no prefix length")]
    [InlineData(",", "no key is named")]
    public void Keys_that_are_none_are_refused(string text, string words)
    {
        Assert.False(FlowKey.TryParse(text, false, out _, out string problem));
        Assert.StartsWith(words, problem, StringComparison.Ordinal);
    }

    private static FlowKey Key(string text, bool isBidirectional = false)
    {
        Assert.True(FlowKey.TryParse(text, isBidirectional, out FlowKey? key, out string problem), problem);
        return key;
    }

    private static FlowRecord With(FlowField field, in FlowValue value)
    {
        FlowRecord record = FlowSamples.Tcp("10.0.0.1:1 > 10.0.0.2:2");
        (record.FirstNs, record.LastNs, record.State, record.Direction) = (-1, -1, null, FlowDirection.Unknown);
        (record.SourcePackets, record.DestinationPackets, record.SourceBytes, record.DestinationBytes) = (-1, -1, -1, -1);
        field.Set(record, value);
        return record;
    }

    private static List<FlowRecord> Aggregate(FlowKey key, params FlowRecord[] records)
    {
        var list = new FlowList();
        var aggregator = new FlowAggregator(key, null, list);
        foreach (FlowRecord record in records)
        {
            aggregator.Add(record);
        }

        aggregator.Finish();
        Assert.True(list.IsFinished);
        return list.Records;
    }
}
