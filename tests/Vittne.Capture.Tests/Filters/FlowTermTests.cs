using System.Net;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;

namespace Vittne.Capture.Tests.Filters;

public sealed class FlowTermTests
{
    [Fact]
    public void Values_end_at_a_blank_or_a_bracket_and_quotation_marks_keep_both()
    {
        PacketFilter filter = Filter("(sni www.example.org) or host-name .example or payload \"a \\\"b) \\d\" and community-id 1:hO+sN4H/8= or flow 17");

        Assert.Equal(
            [
                new FlowTerm(FlowTermKind.Sni, "www.example.org", 6),
                new FlowTerm(FlowTermKind.HostName, ".example", 36),
                new FlowTerm(FlowTermKind.Payload, "a \"b) \\d", 57),
                new FlowTerm(FlowTermKind.CommunityId, "1:hO+sN4H/8=", 85),
                new FlowTerm(FlowTermKind.Flow, "17", 106),
            ],
            filter.FlowTerms);
    }

    [Theory]
    [InlineData("tcp and sni a", 0u, false)]
    [InlineData("tcp and sni a", 1u, true)]
    [InlineData("udp and sni a", 1u, false)]
    [InlineData("not sni a", 0u, true)]
    [InlineData("not sni a", 1u, false)]
    [InlineData("udp or sni a and flow 1", 1u, false)]
    [InlineData("udp or sni a and flow 1", 2u, false)]
    [InlineData("udp or sni a and flow 1", 3u, true)]
    [InlineData("port 80 or (flow 1 and port 443)", 1u, true)]
    public void Filter_given_what_holds_is_that_of_the_words_of_packets(string expression, uint holding, bool isMatch) =>
        Assert.Equal(isMatch, Filter(expression).Given(holding).Matches(FilterCases.Ethernet, FilterCases.Tcp(), 60));

    [Theory]
    [InlineData("host sni or flow")]
    [InlineData("host sni and tcp")]
    [InlineData("host (flow || payload)")]
    [InlineData("host \\sni")]
    [InlineData("src host-name && dst host community-id")]
    public void Names_of_the_pcap_filter_language_stay_names(string expression)
    {
        var options = new PacketFilterOptions { AllowsFlowTerms = true, Resolver = _ => [IPAddress.Parse("192.0.2.1")] };
        Assert.True(PacketFilter.TryParse(expression, options, out PacketFilter? filter, out FilterError? error), error?.ToString());
        Assert.Empty(filter.FlowTerms);
    }

    [Fact]
    public void Kernel_lets_all_packets_pass_where_flows_are_asked_for()
    {
        BpfProgram program = Filter("udp and sni a").ToBpf(FilterCases.Ethernet, 262_144, BpfTarget.File);

        Assert.True(program.IsWider);
        Assert.Equal(262_144u, BpfInterpreter.Run(program.Instructions, FilterCases.Tcp(), 60));
    }

    [Fact]
    public void Explanation_shows_the_term_with_its_value() =>
        Assert.Contains("expression: tcp and payload \"a \\\"b\"", Filter("tcp and payload \"a \\\"b\"").Explain(FilterCases.Ethernet), StringComparison.Ordinal);

    private static PacketFilter Filter(string expression)
    {
        Assert.True(
            PacketFilter.TryParse(expression, new PacketFilterOptions { AllowsFlowTerms = true }, out PacketFilter? filter, out FilterError? error), error?.ToString());
        return filter;
    }
}
