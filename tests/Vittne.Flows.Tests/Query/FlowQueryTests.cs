using CsCheck;
using Vittne.Flows.Query;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Query;

public sealed class FlowQueryTests
{
    private static FlowRecord Flow()
    {
        FlowRecord record = FlowSamples.Tcp("10.1.2.3:40000 > 192.0.2.7:443", 1_500, 64_000, at: 90_061, duration: 75);
        record.Service = "tls";
        record.ConnectionState = "SF";
        record.History = "ShADdFf";
        record.SourceFlags = 0x1B;
        record.DestinationFlags = 0x13;
        record.Vlan = [10, 20];
        record.SourceMac = 0x0200_5E10_0001;
        record.Tcp = new FlowTcp { SourceRetransmissions = 2, DestinationRetransmissions = 0 };
        record.SourceTtl = 64;
        return record;
    }

    [Theory]
    [InlineData("tcp", true)]
    [InlineData("udp", false)]
    [InlineData("proto = tcp", true)]
    [InlineData("proto = 6", true)]
    [InlineData("proto TCP", true)]
    [InlineData("ip proto 6", true)]
    [InlineData("saddr = 10.1.2.3", true)]
    [InlineData("saddr = 10.0.0.0/8 and daddr != 10.0.0.0/8", true)]
    [InlineData("src_ip = 10.1.2.3", true)]
    [InlineData("daddr in (192.0.2.0/24, 10.9.9.9)", true)]
    [InlineData("saddr in (192.0.2.0/24)", false)]
    [InlineData("dport in (80, 443) and not udp", true)]
    [InlineData("sbytes >= 1500", true)]
    [InlineData("sbytes > 1.5k", false)]
    [InlineData("dbytes = 64k and dbytes < 64Ki", true)]
    [InlineData("bytes gt 65k", true)]
    [InlineData("src bytes gt 1000", true)]
    [InlineData("src bytes gte 2k", false)]
    [InlineData("dur > 1m and dur < 2m", true)]
    [InlineData("dur = 75s", true)]
    [InlineData("dur >= 75000ms", true)]
    [InlineData("stime >= 2026-01-06T01:01:01Z and stime < 2026-01-07", true)]
    [InlineData("stime > \"2026-01-06 01:01:01\"", false)]
    [InlineData("service ~ ^t", true)]
    [InlineData("service !~ \"^(tls|http)$\"", false)]
    [InlineData("history ~ 'Sh.*F'", true)]
    [InlineData("conn_state != SF", false)]
    [InlineData("sflags = SAPF", true)]
    [InlineData("vlan = 20", true)]
    [InlineData("vlan != 20", false)]
    [InlineData("vlan in (7, 10)", true)]
    [InlineData("smac = 02:00:5e:10:00:01", true)]
    [InlineData("ether host 02:00:5e:10:00:01", true)]
    [InlineData("dir = \"->\"", true)]
    [InlineData("inode", false)]
    [InlineData("service", true)]
    [InlineData("inode = \"\"", true)]
    [InlineData("icmp_error != TXD", true)]
    [InlineData("sttl > 63", true)]
    [InlineData("dttl < 200", false)]
    [InlineData("pcr < -0.5", false)]
    [InlineData("host 10.1.2.3", true)]
    [InlineData("src host 192.0.2.7", false)]
    [InlineData("dst net 192.0.2.0/24", true)]
    [InlineData("src and dst net 0.0.0.0/0", true)]
    [InlineData("src or dst host 192.0.2.7", true)]
    [InlineData("port 443", true)]
    [InlineData("dst port https", true)]
    [InlineData("tcp dst port 400-500", true)]
    [InlineData("tcp src port 400-500", false)]
    [InlineData("port 80 or 443", true)]
    [InlineData("port 80 or 81", false)]
    [InlineData("host 10.9.9.9 or 10.1.2.3", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("src 10.1.2.3", true)]
    [InlineData("src ttl 64", true)]
    [InlineData("ttl lt 10", false)]
    [InlineData("vid 10", true)]
    [InlineData("est", true)]
    [InlineData("con and fin and retrans", true)]
    [InlineData("reset or frag", false)]
    [InlineData("src retrans", true)]
    [InlineData("dst retrans", false)]
    [InlineData("retrans > 1", true)]
    [InlineData("pkts gt 4 and (udp or tcp)", true)]
    [InlineData("!(tcp) || udp", false)]
    [InlineData("tcp && !udp", true)]
    [InlineData("ipv4 and not ipv6", true)]
    [InlineData("not not tcp", true)]
    public void Conditions_hold_as_they_say(string text, bool holds)
    {
        Assert.True(FlowQuery.TryParse(text, NoFile, out FlowQuery? query, out FlowQueryError? error, out _), $"{error}");
        Assert.Equal(holds, query.Matches(Flow()));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("sprot = 5", 1, "the nearest are sport, dport, proto")]
    [InlineData("tcp and sprot = 5", 9, "the nearest are")]
    [InlineData("tcp udp", 5, "'and' or 'or' is missing before 'udp'")]
    [InlineData("(tcp", 1, "is not closed")]
    [InlineData("tcp)", 4, "closes nothing")]
    [InlineData("sport = http or", 9, "whole number")]
    [InlineData("tcp or", 7, "ends")]
    [InlineData("dur > 5x", 7, "a duration")]
    [InlineData("saddr = 10.0.0.0/40", 9, "a network")]
    [InlineData("service ~ \"(a\"", 11, "pattern is wrong")]
    [InlineData("service ~ \"(a)\\1\"", 11, "linear time")]
    [InlineData("service = \"open", 11, "closing")]
    [InlineData("dport in 80", 10, "(a, b, …) or @file")]
    [InlineData("dport in (80", 13, "not closed")]
    [InlineData("dport in ()", 10, "empty")]
    [InlineData("dport in @missing", 10, "cannot be read")]
    [InlineData("dport =", 8, "value is missing")]
    [InlineData("dst port nosuch", 10, "is no port")]
    [InlineData("port 70000", 6, "is no port")]
    [InlineData("src", 4, "behind src and dst")]
    [InlineData("host", 5, "value is missing")]
    [InlineData("stime > yesterday", 9, "a time")]
    public void What_is_wrong_is_told_with_its_column(string text, int column, string words)
    {
        Assert.False(FlowQuery.TryParse(text, NoFile, out _, out FlowQueryError? error, out _));
        Assert.Equal(column, error!.Column);
        Assert.Contains(words, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp or udp and port 80", true)]
    [InlineData("tcp and port 80 or udp", true)]
    [InlineData("tcp and (port 80 or udp)", false)]
    [InlineData("tcp and port 80", false)]
    public void Mixed_and_and_or_without_parentheses_are_warned_of(string text, bool warns)
    {
        Assert.True(FlowQuery.TryParse(text, NoFile, out _, out _, out IReadOnlyList<string> warnings));
        Assert.Equal(warns, warnings.Count == 1);
    }

    [Fact]
    public void Files_name_values_a_line_each_and_comments_are_skipped()
    {
        Assert.True(FlowQuery.TryParse("saddr in @bad.txt", static _ => ["# bad ones", "", "10.0.0.0/8 ", "2001:db8::1"], out FlowQuery? query, out _, out _));
        Assert.True(query.Matches(Flow()));
        Assert.False(FlowQuery.TryParse("saddr in @bad.txt", static _ => ["10.0.0.1", "x"], out _, out FlowQueryError? error, out _));
        Assert.StartsWith("line 2 of bad.txt is no value of saddr", error!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash()
    {
        Assert.False(FlowQuery.TryParse(new string('(', 100_000) + "tcp", NoFile, out _, out FlowQueryError? error, out _));
        Assert.Contains("too deeply", error!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception()
    {
        string[] words = ["tcp", "and", "or", "not", "(", ")", "saddr", "=", "<", "in", "@f", "10.0.0.1/8", "port", "src", "dst", "80", "host", "\"", "'", "~", "bytes", "gt", "5M", ",", "!", "ether", "proto", "ip"];
        Gen.OneOf(words).Array[0, 9].Sample(static parts =>
        {
            string text = string.Join(' ', parts);
            bool isRead = FlowQuery.TryParse(text, static _ => [], out FlowQuery? query, out FlowQueryError? error, out _);
            Assert.Equal(isRead, query is not null);
            Assert.Equal(isRead, error is null);
            query?.Matches(Flow());
            Assert.True(error is null || (error.Column >= 1 && error.Column <= text.Length + 1), text);
        }, iter: 5_000);
    }

    [Fact]
    public void What_a_condition_selects_does_not_depend_on_the_order_of_records()
    {
        Assert.True(FlowQuery.TryParse("tcp and sbytes > 500 or state = RST", NoFile, out FlowQuery? query, out _, out _));
        Gen.Select(FlowSamples.Any.Array[0, 20], Gen.Int[0, 1_000]).Sample((records, seed) =>
        {
            var shuffled = (FlowRecord[])records.Clone();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(
                records.Where(query.Matches).Select(FlowSamples.Text).Order(StringComparer.Ordinal),
                shuffled.Where(query.Matches).Select(FlowSamples.Text).Order(StringComparer.Ordinal));
        }, iter: 200);
    }

    private static IEnumerable<string> NoFile(string path) => throw new FileNotFoundException($"Could not find {path}");
}
