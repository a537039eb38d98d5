using System.Globalization;
using System.Text.RegularExpressions;
using Vittne.Engine.Output;
using Vittne.Packets;
using Vittne.TestKit;
using Vittne.Trails;

namespace Vittne.Engine.Tests.Output;

public sealed partial class MaltrailLineTests
{
    private static readonly MaltrailLine Line = new("box", TimeZoneInfo.Utc);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "-")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("line\r\nend", "\"line  end\"")]
    [InlineData("tab\tstays", "tab\tstays")]
    public void Fields_are_quoted_only_where_needed(string value, string field) => Assert.Equal(field, MaltrailLine.Field(value));

    [Fact]
    public void Event_is_one_line_of_eleven_fields() => Assert.Equal(
        "\"2023-11-14 22:13:20.123456\" box 192.0.2.10,203.0.113.9 40000 192.0.2.53 53 UDP DNS (www).evil.example.com \"sample bot (malware)\" (static)",
        Lines.Of(Line, Threats.Dns(forwardedFor: ["203.0.113.9"])));

    [Fact]
    public void Protocols_without_ports_show_dashes() =>
        Assert.Contains(" 192.0.2.10 - 192.0.2.53 - ICMPV6 DNS ", Lines.Of(Line, Threats.Dns(protocol: IpProtocol.IcmpV6)), StringComparison.Ordinal);

    [Fact]
    public void Fields_are_quoted_as_Maltrail_does()
    {
        List<string[]>? rows = SharedVectors.Rows("safe_value.tsv", 2, keepBlank: true);
        Assert.SkipWhen(rows is null, "the shared vectors are not here");
        Assert.All(rows, static row => Assert.Equal(row[1], MaltrailLine.Field(Lines.Unescape(row[0])).Replace("\t", "\\t", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_are_those_of_Maltrail()
    {
        List<string[]>? rows = SharedVectors.Rows("event_line.tsv", 2);
        Assert.SkipWhen(rows is null, "the shared vectors are not here");
        Assert.All(rows, static row =>
        {
            string[] values = [.. Values().Matches(row[0]).Select(static match => match.Value.Trim('\''))];
            string[] sources = values[2].Split(',');
            ThreatRecord[] threats = [.. values[3].Split(',').Zip(values[5].Split(','), (from, to) => Threat(values, sources, from, to))];
            var events = new CondensedEvents(threats[0]);
            Array.ForEach(threats[1..], events.Add);
            string line = Lines.Of(new MaltrailLine("sensor1", TimeZoneInfo.Utc), threats[0], threats.Length > 1 ? events : null);

            Assert.Equal(row[1], line.Replace("\"2023-11-14 22:13:20", "FIXED-TIME", StringComparison.Ordinal).Replace("\" sensor1", " sensor1", StringComparison.Ordinal));
        });
    }

    [GeneratedRegex(@"'[^']*'|\d+")]
    private static partial Regex Values();

    private static ThreatRecord Threat(string[] values, string[] sources, string from, string to)
    {
        Assert.True(IpAddress.TryParse(sources[0], out IpAddress source) & IpAddress.TryParse(values[4], out IpAddress destination));
        return Threats.Dns() with
        {
            Flow = new FlowIdentity
            {
                Id = 1,
                Source = source,
                Destination = destination,
                SourcePort = from == "-" ? (ushort)0 : ushort.Parse(from, CultureInfo.InvariantCulture),
                DestinationPort = to == "-" ? (ushort)0 : ushort.Parse(to, CultureInfo.InvariantCulture),
                Protocol = values[6] switch
                {
                    "TCP" => IpProtocol.Tcp,
                    "UDP" => IpProtocol.Udp,
                    _ => IpProtocol.Icmp,
                },
            },
            At = new PacketStamp((long.Parse(values[0], CultureInfo.InvariantCulture) * 1_000_000_000) + (long.Parse(values[1], CultureInfo.InvariantCulture) * 1000), 1, 1, 0),
            Type = Enum.Parse<EventType>(values[7], ignoreCase: true),
            Trail = values[8],
            Info = values[9],
            Reference = values[10],
            ForwardedFor = sources[1..],
        };
    }
}
