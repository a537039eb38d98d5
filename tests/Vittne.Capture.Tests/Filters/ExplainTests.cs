using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Explain;

namespace Vittne.Capture.Tests.Filters;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("vlan and tcp port 80", "`vlan` also moves the offsets of `tcp port 80`")]
    [InlineData("not vlan and ip", "`vlan` also moves the offsets of `ip`: all to its right in the text is looked for behind it, negated or not")]
    [InlineData("vlan 5 or vlan 6", "the second `vlan` asks for the inner tag; for either id write `ether proto 0x8100 and (ether[14:2] & 0xfff = 5 or ether[14:2] & 0xfff = 6)`")]
    [InlineData("ip or tcp and udp", "bind alike")]
    [InlineData("tcp[13] = 2", "`tcp[13]` is of first fragments in IPv4 only")]
    [InlineData("0 + ip[0] > 1", "`ip[0]` is a right operand")]
    [InlineData("7 % 4 * 2 = 7", "all to the right of `%` is its operand")]
    [InlineData("byte 0 & 1", "computes with 0")]
    [InlineData("not port 80", "cut inside its ports")]
    public void Surprises_get_a_hint(string expression, string hint)
    {
        string text = FilterCases.Filter(expression).Explain(FilterCases.Ethernet);
        Assert.Contains("hint: ", text, StringComparison.Ordinal);
        Assert.Contains(hint, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_surprises_nobody_gets_none() =>
        Assert.DoesNotContain("hint", FilterCases.Filter("ip and host 10.0.0.1").Explain(FilterCases.Ethernet), StringComparison.Ordinal);

    [Fact]
    public void Program_is_told_in_the_forms_of_tcpdump()
    {
        PacketFilter filter = FilterCases.Filter("ip");
        Assert.Equal(
            "(000) ldh      [12]\n(001) jeq      #0x800           jt 2\tjf 3\n(002) ret      #262144\n(003) ret      #0\n",
            filter.ExplainCode(FilterCases.Ethernet, CodeForm.Listing));
        Assert.Equal(
            "{ 0x28, 0, 0, 0x0000000c },\n{ 0x15, 0, 1, 0x00000800 },\n{ 0x6, 0, 0, 0x00040000 },\n{ 0x6, 0, 0, 0x00000000 },\n",
            filter.ExplainCode(FilterCases.Ethernet, CodeForm.Initialisers));
        Assert.Equal("4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n", filter.ExplainCode(FilterCases.Ethernet, CodeForm.Numbers));
    }

    [Fact]
    public void Tree_shows_what_belongs_together()
    {
        string text = FilterCases.Filter("tcp or udp and port 53").Explain(FilterCases.Ethernet);
        Assert.Contains("tree:\n  and\n    or\n      tcp    : protocol\n      udp    : protocol\n    port 53    : ports\n", text, StringComparison.Ordinal);
    }
}
