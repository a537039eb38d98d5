using System.Diagnostics;
using Vittne.Capture.Filters;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Filters;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("tcp udp", "column 5: \"udp\" cannot stand here, \"and\", \"or\" or the end was expected: tcp udp")]
    [InlineData("port", "column 5: the end of the expression cannot stand here, a port number or the name of a service was expected: port")]
    [InlineData("10.0.0.1", "column 1: \"10.0.0.1\" cannot stand here, a qualifier such as \"host\", \"net\" or \"port\" before it was expected: 10.0.0.1")]
    [InlineData("host example.org", "column 6: name \"example.org\" is not looked up; add --resolve to ask this machine's resolver: host example.org")]
    [InlineData("tcp or 80", "column 8: \"80\" has no qualifier, and what stands before it has none to take over, \"host\", \"net\", \"port\" or another was expected: tcp or 80")]
    [InlineData("net 10.0.0.1/8", "column 5: bits of a host are set in the network \"10.0.0.1\": net 10.0.0.1/8")]
    [InlineData("len / 0 = 1", "column 5: division by zero, another divisor was expected: len / 0 = 1")]
    [InlineData("len / (7 >> 7) = 1", "column 5: division by zero, another divisor was expected: len / (7 >> 7) = 1")]
    [InlineData("sni example.org", "column 1: \"sni\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: sni example.org")]
    [InlineData("not (flow 5)", "column 6: \"flow\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: not (flow 5)")]
    [InlineData("tcp and payload \"x\"", "column 9: \"payload\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: tcp and payload \"x\"")]
    [InlineData("host 10.0.0.1 or host-name a", "column 18: \"host-name\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: host 10.0.0.1 or host-name a")]
    [InlineData("community-id 1:x=", "column 1: \"community-id\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: community-id 1:x=")]
    [InlineData("sni", "column 1: \"sni\" wants what it is to be behind it, such as sni www.example.org: sni")]
    [InlineData("(payload)", "column 2: \"payload\" wants what it is to be behind it, such as payload \"passw(or)?d\": (payload)")]
    [InlineData("tcp and flow \"5", "column 9: \"flow\" wants what it is to be behind it, such as flow 17: tcp and flow \"5")]
    [InlineData("host sni a", "column 6: \"sni\" cannot stand here, it takes no qualifier such as \"host\": host sni a")]
    [InlineData("flow 1 or flow 2 or flow 3 or flow 4 or flow 5 or flow 6 or flow 7", "column 61: more than 6 words that ask for flows: flow 1 or flow 2 or flow 3 or flow 4 or flow 5 or flow 6 or flow 7")]
    [InlineData("host sni", "column 6: name \"sni\" is not looked up; add --resolve to ask this machine's resolver: host sni")]
    public void Refusal_tells_where_and_what_was_expected(string expression, string line) =>
        Assert.Equal(line, FilterCases.Refusal(expression).ToString());

    [Fact]
    public void Division_by_zero_that_no_packet_comes_to_is_no_error()
    {
        PacketFilter filter = FilterCases.Filter("8 < 1000 or (20 % 7 / 16) != icmp[19:4]");
        Assert.True(filter.Matches(FilterCases.Ethernet, FilterCases.Tcp(), 60));
        Assert.True(FilterCases.Filter("ip and arp and 1 % (7 >> 7) = 1").ProvenEmpty(FilterCases.Ethernet));
        Assert.False(FilterCases.Matches("ip and (ip[4] = 5 % (3 >> 2) or ip)", FilterCases.Tcp()));
        PacketFilter onlyIp4 = FilterCases.Filter("tcp[0] = 1 and 5 % (3 >> 2) = 1");
        Assert.False(onlyIp4.TryPrepare(228, out _));
        Assert.True(onlyIp4.TryPrepare(229, out _));
    }

    [Fact]
    public void All_expressions_of_the_shared_list_are_taken_or_refused_as_it_says()
    {
        if (SharedVectors.Find("data/expected/filter/expressions.txt") is not { } path)
        {
            Assert.Skip("the shared list of expressions is not there");
            return;
        }

        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] parts = line.Split('\t', 3);
            int linkType = parts[1] switch { "cooked" => 113, "sll2" => 276, "wlan" => 127, "pflog" => 117, "ss7" => 140, "atm" => 123, "ppp" => 9, _ => 1 };
            bool isAccepted = PacketFilter.TryParse(parts[2], PacketFilterOptions.Default, out PacketFilter? filter, out _)
                && filter.TryPrepare(linkType, out _);
            Assert.True(parts[0] is "ok" or "new" == isAccepted, line);
        }
    }

    [Fact]
    public void Words_of_other_link_types_are_refused_for_the_link_type_only()
    {
        PacketFilter filter = FilterCases.Filter("type mgt subtype beacon");
        Assert.False(filter.TryPrepare(FilterCases.Ethernet, out FilterError? error));
        Assert.True(error!.DependsOnLinkType);
        Assert.True(filter.TryPrepare(127, out _));
        Assert.False(filter.Matches(FilterCases.Ethernet, FilterCases.Tcp(), 60));
        Assert.Equal(1, filter.RefusedPackets);
        Assert.Contains("EN10MB", Assert.Single(filter.Refusals()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("- ", "")]
    public void Nesting_of_ten_thousand_is_refused_and_no_crash(string open, string close)
    {
        string inner = open == "- " ? "len > 1" : "tcp";
        string expression = string.Concat(Enumerable.Repeat(open, 10_000)) + inner + string.Concat(Enumerable.Repeat(close, 10_000));
        Assert.Contains("inside each other", FilterCases.Refusal(expression).Message, StringComparison.Ordinal);
        expression = string.Concat(Enumerable.Repeat(open, 300)) + inner + string.Concat(Enumerable.Repeat(close, 300));
        Assert.NotNull(FilterCases.Filter(expression));
    }

    [Fact]
    public void A_thousand_terms_compile_fast()
    {
        _ = FilterCases.Filter("port 1 or 2 or 3");
        string expression = string.Join(" or ", Enumerable.Range(1, 500).Select(i => $"host 10.0.{i / 250}.{i % 250} or port {i}"));
        var clock = Stopwatch.StartNew();
        PacketFilter filter = FilterCases.Filter(expression);
        // Far more than it takes, so that a busy machine fails nothing, and far less than what grows with the square.
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20_000);
        Assert.True(filter.Matches(1, FilterCases.Tcp(499), 60));
        Assert.False(filter.Matches(1, FilterCases.Tcp(501), 60));
    }
}
