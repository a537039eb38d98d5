namespace Vittne.Capture.Tests.Filters;

public sealed class PrecedenceTests
{
    [Theory]
    [InlineData("1 + 2 * 3 = 7")]
    [InlineData("10 - 4 - 3 = 3")]
    [InlineData("6 & 3 | 8 = 10")]
    [InlineData("1 << 2 + 1 = 8")]
    [InlineData("0xf0 >> 4 & 1 = 1")]
    [InlineData("2 + 3 % 2 = 3")]
    [InlineData("2 * 3 % 4 = 6")]
    [InlineData("7 % 4 * 2 = 7")]
    [InlineData("1 ^ 1 + 1 = 3")]
    [InlineData("1 ^ 3 & 1 = 0")]
    [InlineData("6 % 7 - 1 = 0")]
    [InlineData("- 1 + 1 = 0")]
    [InlineData("0 - 1 > 0")]
    [InlineData("0xffffffff + 1 = 0")]
    [InlineData("-2 / 2 = 0x7fffffff")]
    [InlineData("(1 + 2) * 3 = 9")]
    public void Arithmetic_is_that_of_libpcap(string expression)
    {
        Assert.True(FilterCases.Matches(expression, FilterCases.Tcp()));
        Assert.False(FilterCases.Matches($"not {expression}", FilterCases.Tcp()));
        Assert.True(FilterCases.Filter($"not {expression}").ProvenEmpty(FilterCases.Ethernet));
    }

    [Theory]
    [InlineData("tcp or udp and port 53", "(tcp or udp) and port 53")]
    [InlineData("tcp dst port 80 or 443", "tcp dst port 80 or tcp dst port 443")]
    [InlineData("host 10.0.0.1 and not 10.0.0.2 or arp", "(host 10.0.0.1 and not host 10.0.0.2) or arp")]
    [InlineData("not port 22 and host 10.0.0.1", "not port 22 and host 10.0.0.1")]
    [InlineData("src (10.0.0.1 or ::1)", "src host 10.0.0.1 or src host ::1")]
    [InlineData("not not tcp", "not not tcp")]
    [InlineData("(src 10.0.0.1) and 10.0.0.2", "src host 10.0.0.1 and src host 10.0.0.2")]
    [InlineData("port 80 or (443) or (443 + 1 = 444)", "port 80 or port 443 or (443 + 1) = 444")]
    [InlineData("ip proto \\tcp or (6 or 17)", "ip proto \\tcp or (ip proto 6 or ip proto 17)")]
    [InlineData("tcp[13] & 2 != 0", "(tcp[13] & 2) != 0")]
    [InlineData("fddi host 0:1:2:3:4:5", "ether host 0:1:2:3:4:5")]
    [InlineData("vlan 5 && !vlan", "vlan 5 and not vlan")]
    public void Qualifiers_and_brackets_are_written_out(string expression, string normal)
    {
        string first = FilterCases.Filter(expression).Explain(FilterCases.Ethernet).Split('\n')[0];
        Assert.Equal(FilterCases.Filter(normal).Explain(FilterCases.Ethernet).Split('\n')[0], first);
        Assert.Equal("expression: " + normal, first);
    }
}
