using Vittne.Packets;
using Vittne.Trails.Muting;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Muting;

public sealed class MutingTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("192.0.2.1;*;*;*", true)]
    [InlineData("192.0.2.2;*;*;*", false)]
    [InlineData("192.0.2.0/24;*;198.51.100.7;53", true)]
    [InlineData("192.0.2.0-192.0.2.9;*;*;50-60", true)]
    [InlineData("192.0.2.0-192.0.2.9;*;*;54-60", false)]
    [InlineData("*;4000;*;53", true)]
    [InlineData("*;4001;*;53", false)]
    [InlineData("*;*;*;*;trail=*evil.test", true)]
    [InlineData("trail=evil.test;type=dns", true)]
    [InlineData("trail=evil.test;type=ip", false)]
    [InlineData("info=*BOT*", true)]
    [InlineData("info=bot", false)]
    public void Rule_holds_when_all_of_its_parts_do(string rule, bool holds)
    {
        Assert.True(IgnoreRule.TryParse(rule, out IgnoreRule parsed));
        Assert.Equal(holds, parsed.Matches(Seen()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1")]
    [InlineData("a;b;c;d")]
    [InlineData("*;70000;*;*")]
    [InlineData("*;9-1;*;*")]
    [InlineData("*;*;*;*;colour=red")]
    [InlineData("type=SMTP")]
    [InlineData("until=soon")]
    [InlineData("trail=")]
    public void What_is_no_rule_is_refused(string rule) => Assert.False(IgnoreRule.TryParse(rule, out _));

    [Fact]
    public void Date_includes_its_day()
    {
        Assert.True(IgnoreRule.TryParse("trail=a;until=1970-01-02", out IgnoreRule rule));
        Assert.Equal(2 * 86_400, rule.UntilSeconds);
        Assert.True(MuteTime.TryParse("1970-01-02T00:00:01Z", out long seconds));
        Assert.Equal(86_401, seconds);
    }

    [Theory]
    [InlineData("evil.test", "", true)]
    [InlineData("hxxp://www[.]evil[.]test/", "", false)]
    [InlineData("www.evil.test", "", true)]
    [InlineData("other.test", "", false)]
    [InlineData("vil.test", "", false)]
    [InlineData("evil.test", "192.0.2.0/24", true)]
    [InlineData("evil.test", "203.0.113.0/24", false)]
    [InlineData("198.51.100.0/24", "", false)]
    public void Allowed_name_mutes_itself_and_what_lies_below_within_its_scope(string indicator, string host, bool mutes)
    {
        Assert.True(AllowEntry.TryCreate(indicator, host, "", "test", out AllowEntry? entry, out _));
        Assert.Equal(mutes, entry!.Mutes(Seen()));
    }

    [Theory]
    [InlineData("198.51.100.7", true)]
    [InlineData("198.51.100.0/24", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("203.0.113.1", false)]
    public void Allowed_address_mutes_events_of_its_flows_but_names(string indicator, bool mutes)
    {
        Assert.True(AllowEntry.TryCreate(indicator, "", "", "test", out AllowEntry? entry, out _));
        Assert.Equal(mutes, entry!.Mutes(Seen(EventType.Ip, "198.51.100.7", TrailKind.Address)));
        Assert.False(entry.Mutes(Seen()));
    }

    [Fact]
    public void List_is_kept_in_order_and_entries_replace_each_other()
    {
        string path = _folder.File("data/allow.json");
        var list = AllowList.Load(path);
        list.Add(Entry("b.test", "", "first"));
        list.Add(Entry("a.test", "192.0.2.0/24", "second"));
        list.Add(Entry("b.test", "", "third \"quoted\""));
        list.Save();
        var again = AllowList.Load(path);

        Assert.Equal(["a.test for 192.0.2.0/24: second", "b.test: third \"quoted\""], again.Entries.Select(entry => entry.ToString()));
        Assert.True(again.Remove(Entry("a.test", "", "")));
        Assert.False(again.Remove(Entry("a.test", "", "")));
    }

    [Fact]
    public void Ended_entry_is_told_apart()
    {
        Assert.True(AllowEntry.TryCreate("a.test", "", "2020-01-01", "x", out AllowEntry? entry, out _));
        var list = AllowList.Load(_folder.File("none.json"));
        list.Add(entry!);

        Assert.Empty(list.Live(DateTimeOffset.UnixEpoch.AddYears(100)));
        Assert.Single(list.Ended(DateTimeOffset.UnixEpoch.AddYears(100)));
        Assert.Single(list.Live(DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("[{\"indicator\":\"two words\"}]")]
    public void Broken_list_is_an_error_that_names_it(string text)
    {
        IOException e = Assert.Throws<IOException>(() => AllowList.Load(_folder.With("allow.json", text).File("allow.json")));
        Assert.Contains("allow.json", e.Message, StringComparison.Ordinal);
    }

    private static AllowEntry Entry(string indicator, string host, string reason)
    {
        Assert.True(AllowEntry.TryCreate(indicator, host, "", reason, out AllowEntry? entry, out string problem), problem);
        return entry!;
    }

    private static SeenThreat Seen(EventType type = EventType.Dns, string indicator = "evil.test", TrailKind kind = TrailKind.Domain)
    {
        IpAddress source = Ask.Parse("192.0.2.1");
        IpAddress destination = Ask.Parse("198.51.100.7");
        var trail = new Trail { Indicator = indicator, Kind = kind, Info = "sample bot", Reference = "(static)", Severity = Severity.Medium, Sources = [] };
        var threat = new ThreatRecord
        {
            Flow = new FlowIdentity { Id = 1, Source = source, Destination = destination, SourcePort = 4000, DestinationPort = 53, Protocol = IpProtocol.Udp },
            At = default,
            Direction = Direction.FromOriginator,
            Type = type,
            Trail = type == EventType.Dns ? "(www).evil.test" : indicator,
            Indicator = indicator,
            Source = "dns.query",
            Info = trail.Info,
            Reference = trail.Reference,
            Severity = trail.Severity,
            Matched = trail,
        };
        return new SeenThreat(threat, source, 4000, destination, 53);
    }
}
