using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Http;
using Vittne.Trails.Matching;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Trails.Tests.Matching;

public sealed class TrailMatcherHttpTests
{
    private const string Client = "10.0.0.66";
    private const string Server = "203.0.113.44";

    [Fact]
    public void Host_is_compared_as_a_name_and_the_path_as_a_URL()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.net").Add(TrailKind.Path, "/gate.php");

        FindingList findings = Run(trails, Request("GET /Gate.php HTTP/1.1\r\nhost: WWW.Evil.net:80\r\n\r\n"));

        Assert.Equal(["DNS (www).evil.net", "URL (www.evil.net)/gate.php"], findings.Texts);
        Assert.Equal(["http.host", "http.url"], findings.Select(find => find.Source));
    }

    [Fact]
    public void Local_names_count_in_a_Host_header() => Assert.Equal(
        ["DNS evil.example"],
        Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.example"), Request("GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n")).Texts);

    [Fact]
    public void Address_is_told_with_the_name_that_the_Host_header_gives_it()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Address, Server, "known attacker");

        Assert.Equal(
            ["IP 203.0.113.44 (hostcheck.example)"],
            Run(trails, Request("GET / HTTP/1.1\r\nHost: HostCheck.example:8080\r\n\r\n")).Texts);
        Assert.Equal(["IP 203.0.113.44 (upwin2003)"], Run(trails, Request("GET / HTTP/1.1\r\nHost: upwin2003\r\n\r\n")).Texts);
        Assert.Empty(Run(trails, Request("GET / HTTP/1.1\r\nHost: 203.0.113.44\r\n\r\n")));
    }

    [Fact]
    public void Receiver_stands_for_a_missing_Host_header()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Url, Server + "/c2");

        Assert.Equal(["URL 203.0.113.44/c2"], Run(trails, Request("GET /c2 HTTP/1.0\r\n\r\n")).Texts);
    }

    [Fact]
    public void Absolute_target_names_its_own_host()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.net").Add(TrailKind.Url, "evil.net/a");

        FindingList findings = Run(trails, Request("GET http://user@evil.net:80/a HTTP/1.1\r\nHost: proxy.lan\r\n\r\n"));

        Assert.Equal(["DNS evil.net", "URL (user@evil.net:80/a)"], findings.Texts);
        Assert.Equal("http.url", findings[0].Source);
    }

    [Fact]
    public void Absolute_target_shows_the_trail_free()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Url, "evil.net/a");

        Assert.Equal(["URL evil.net/a(?x=1)"], Run(trails, Request("GET http://evil.net/a?x=1 HTTP/1.1\r\n\r\n")).Texts);
    }

    [Fact]
    public void Target_of_CONNECT_is_compared_as_name_host_and_address()
    {
        FakeTrailIndex trails = new FakeTrailIndex()
            .Add(TrailKind.Domain, "evil.net").Add(TrailKind.Url, "evil.net:443/").Add(TrailKind.Address, "66.66.66.66");

        FindingList findings = Run(
            trails,
            Request("CONNECT evil.net:443 HTTP/1.1\r\n\r\n"),
            Request("CONNECT 66.66.66.66:443 HTTP/1.1\r\n\r\n"));

        Assert.Equal(["DNS evil.net", "URL evil.net:443/", "IP 66.66.66.66"], findings.Texts);
        Assert.Equal("http.connect", findings[0].Source);
    }

    [Fact]
    public void Name_in_Host_and_target_is_one_event_for_each_request()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.net");
        HttpRequestRecord request = Request("GET http://evil.net/ HTTP/1.1\r\nHost: evil.net\r\n\r\n");

        Assert.Single(Run(trails, request));
        Assert.Equal(2, Run(trails, request, request).Count);
    }

    [Fact]
    public void Body_match_is_an_event_of_its_own_type()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Path, "/rt?id=4&e=a b");

        FindingList findings = Run(trails, Request("POST /rt HTTP/1.1\r\nHost: x.net\r\n\r\n", "id=4&e=A%20b"));

        Assert.Equal(["HTTP x.net(/rt \\(POST id=4&e=A%20b\\))"], findings.Texts);
    }

    [Fact]
    public void Referer_and_Location_are_compared_as_URLs()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Url, "evil.net/a");

        FindingList findings = Run(
            trails,
            Request("GET / HTTP/1.1\r\nHost: good.net\r\nReferer: https://Evil.net/a#top\r\n\r\n"),
            Response("HTTP/1.1 302 Found\r\nLocation: http://evil.net/a\r\n\r\n"));

        Assert.Equal(["URL evil.net/a", "URL evil.net/a"], findings.Texts);
        Assert.All(findings, find => Assert.Equal("http.header", find.Source));
        Assert.Equal([Direction.FromOriginator, Direction.FromResponder], findings.Select(find => find.Direction));
    }

    [Fact]
    public void Forwarded_addresses_are_compared_and_told_with_the_other_events()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Address, "66.66.66.66").Add(TrailKind.Path, "/g");

        FindingList findings = Run(
            trails, Request("GET /g HTTP/1.1\r\nHost: good.net\r\nX-Forwarded-For: 10.1.1.1, 66.66.66.66\r\n\r\n"));

        Assert.Equal(["IP 66.66.66.66", "URL (good.net)/g"], findings.Texts);
        Assert.Equal("http.forwarded", findings[0].Source);
        Assert.All(findings, find => Assert.Equal(["10.1.1.1", "66.66.66.66"], find.ForwardedFor));
    }

    [Fact]
    public void Suspicious_User_Agent_is_a_verdict_of_a_heuristic()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.UserAgent, "masscan");
        HttpRequestRecord request = Request("GET / HTTP/1.1\r\nUser-Agent:  Masscan%2f1.0 \r\n\r\n");

        ThreatRecord find = Assert.Single(Run(trails, request));
        Assert.Equal((EventType.Ua, "Masscan(/1.0)", "Masscan(/1.0)"), (find.Type, find.Trail, find.Indicator));
        Assert.Equal(("user agent (suspicious)", "(heuristic)", "user-agent"), (find.Info, find.Reference, find.Heuristic));
        Assert.Null(find.Matched);

        var findings = new FindingList();
        new TrailMatcher(trails, new TrailMatcherOptions { UsesUserAgents = false }).OnRecord(request, findings);
        Assert.Empty(findings);
    }

    [Fact]
    public void Products_with_odd_words_are_left_alone() => Assert.Empty(Run(
        new FakeTrailIndex().Add(TrailKind.UserAgent, "masscan"),
        Request("GET / HTTP/1.1\r\nUser-Agent: Sophos masscan\r\n\r\n")));

    [Fact]
    public void Whitelisted_receiver_silences_all_but_names()
    {
        FakeTrailIndex trails = new FakeTrailIndex()
            .Add(TrailKind.Domain, "evil.net").Add(TrailKind.Path, "/g").Add(TrailKind.UserAgent, "bot").Whitelist(Server);

        Assert.Equal(["DNS evil.net"], Run(trails, Request("GET /g HTTP/1.1\r\nHost: evil.net\r\nUser-Agent: bot\r\n\r\n")).Texts);
    }

    [Fact]
    public void Any_head_is_answered_without_an_exception()
    {
        var matcher = new TrailMatcher(
            new FakeTrailIndex().Add(TrailKind.Path, "/a").Add(TrailKind.UserAgent, "a").Add(TrailKind.Domain, "net"), new TrailMatcherOptions());
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 20]).Sample((target, host, agent, body) =>
        {
            byte[] head = [.. "GET "u8, .. target, .. " HTTP/1.1\r\nHost: "u8, .. host, .. "\r\nUser-Agent: "u8, .. agent, .. "\r\nReferer: a://"u8, .. host, .. "\r\n\r\n"u8];
            matcher.OnRecord(Request(Encoding.Latin1.GetString(head), Encoding.Latin1.GetString(body)), new FindingList());
        });
    }

    private static HttpRequestRecord Request(string head, string body = "") => new()
    {
        Flow = TestFlow.Tcp(Client, Server, destinationPort: 80),
        At = TestFlow.At,
        Direction = Direction.FromOriginator,
        Depth = 1,
        Head = Encoding.Latin1.GetBytes(head),
        Body = Encoding.Latin1.GetBytes(body),
        IsComplete = true,
    };

    private static HttpResponseRecord Response(string head) => new()
    {
        Flow = TestFlow.Tcp(Client, Server, destinationPort: 80),
        At = TestFlow.At,
        Direction = Direction.FromResponder,
        Depth = 1,
        Head = Encoding.Latin1.GetBytes(head),
        Body = [],
        IsComplete = true,
        RequestHead = [],
    };

    private static FindingList Run(FakeTrailIndex trails, params Record[] records)
    {
        var matcher = new TrailMatcher(trails, new TrailMatcherOptions());
        var findings = new FindingList();
        foreach (Record record in records)
        {
            matcher.OnRecord(record, findings);
        }

        return findings;
    }
}
