using System.Text;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Engine.Tests;

public sealed class MaltrailThreatWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "-")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("line\r\nend", "\"line  end\"")]
    [InlineData("tab\tstays", "tab\tstays")]
    public void Fields_are_quoted_only_where_needed(string value, string field) => Assert.Equal(field, MaltrailThreatWriter.Field(value));

    [Fact]
    public void Event_is_one_line_of_eleven_fields()
    {
        var output = new MemoryStream();
        var writer = new MaltrailThreatWriter(output, "box", TimeZoneInfo.Utc);
        writer.Write(Threats.Dns(forwardedFor: ["203.0.113.9"]));
        writer.Flush();

        Assert.Equal(
            "\"2023-11-14 22:13:20.123456\" box 192.0.2.10,203.0.113.9 40000 192.0.2.53 53 UDP DNS (www).evil.example.com \"sample bot (malware)\" (static)\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Protocols_without_ports_show_dashes()
    {
        var output = new MemoryStream();
        var writer = new MaltrailThreatWriter(output, "box", TimeZoneInfo.Utc);
        writer.Write(Threats.Dns(protocol: IpProtocol.IcmpV6));
        writer.Flush();

        Assert.Contains(" 192.0.2.10 - 192.0.2.53 - ICMPV6 DNS ", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }
}
