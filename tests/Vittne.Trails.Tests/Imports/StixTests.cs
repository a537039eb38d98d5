using CsCheck;
using Vittne.Trails.Imports;
using Vittne.Trails.Lists;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Imports;

public sealed class StixTests : IDisposable
{
    private static readonly string[] Words = ["[", "]", "(", ")", "a:b", " = ", "'x'", " OR ", " AND ", " IN ", ",", "NOT ", "WITHIN ", "5"];

    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[ipv4-addr:value = '192.0.2.1']", "192.0.2.1")]
    [InlineData("[ipv6-addr:value = '2001:DB8::0:1']", "2001:db8::1")]
    [InlineData("[ipv4-addr:value ISSUBSET '192.0.2.0/24']", "192.0.2.0/24")]
    [InlineData("[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]", "192.0.2.1 192.0.2.2")]
    [InlineData("[domain-name:value = 'Evil.test'] OR [url:value = 'http://evil.test/a?b=1']", "evil.test evil.test/a")]
    [InlineData("[domain-name:value = 'a.test' OR (domain-name:value = 'b.test')]", "a.test b.test")]
    [InlineData("[domain-name:value LIKE '%.evil.test']", "evil.test")]
    [InlineData("[domain-name:value LIKE 'gate_.%.test']", @"^gate.\..*\.test$")]
    [InlineData(@"[domain-name:value MATCHES '^gate[0-9]+\\.test$']", @"^gate[0-9]+\.test$")]
    [InlineData("[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 443]", "192.0.2.1:443")]
    [InlineData("[ipv6-addr:value = '2001:db8::1' AND network-traffic:dst_port = 443]", "[2001:db8::1]:443")]
    [InlineData("[(ipv4-addr:value = '192.0.2.1' OR ipv4-addr:value = '192.0.2.2') AND network-traffic:dst_port IN (80, 443)]", "192.0.2.1:443 192.0.2.1:80 192.0.2.2:443 192.0.2.2:80")]
    [InlineData("[file:hashes.'SHA-256' = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("[x509-certificate:hashes.'SHA-1' = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb']", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'Evil (1.0)']", @"Evil \(1\.0\)")]
    public void Pattern_becomes_indicators(string pattern, string indicators)
    {
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator(pattern))).Load(out TrailBuildReport report);

        Assert.Equal(indicators, string.Join(' ', Told(index)));
        Assert.Empty(report.Broken);
    }

    [Theory]
    [InlineData("[domain-name:value != 'good.test']")]
    [InlineData("[domain-name:value NOT = 'good.test']")]
    [InlineData("[ipv4-addr:value = '192.0.2.1'] AND [domain-name:value = 'evil.test']")]
    [InlineData("[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [domain-name:value = 'evil.test']")]
    [InlineData("[ipv4-addr:value = '192.0.2.1'] REPEATS 5 TIMES WITHIN 600 SECONDS")]
    [InlineData("[ipv4-addr:value = '192.0.2.1'] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00Z'")]
    [InlineData("[email-addr:value = 'a@evil.test']")]
    [InlineData("[network-traffic:dst_port = 443]")]
    [InlineData("[domain-name:value = 'evil.test' AND file:name = 'a.exe']")]
    [InlineData("[EXISTS process:pid]")]
    public void Pattern_that_no_trail_can_express_is_counted_with_the_id_of_its_object(string pattern)
    {
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator(pattern))).Load(out TrailBuildReport report);

        Assert.Empty(Told(index));
        BrokenLine line = Assert.Single(report.Broken);
        Assert.Equal(("a.json", 2, LineFault.Unsupported, "object", 0), (line.List, line.Line, line.Fault, line.Unit, report.BrokenLines));
        Assert.StartsWith("indicator--11111111-1111-4111-8111-111111111111 ", line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[domain-name:value = 'evil.test'")]
    [InlineData("[domain-name:value = 'evil.test]")]
    [InlineData("[domain-name:value 'evil.test']")]
    [InlineData("[domain-name:value = 'a.test'] OR")]
    [InlineData("[domain-name:value = 'a.test'] nonsense")]
    [InlineData("[domain-name:value IN ('a.test' 'b.test')]")]
    public void Broken_pattern_is_counted(string pattern)
    {
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator(pattern))).Load(out TrailBuildReport report);

        Assert.Equal((0, 1, LineFault.BadPattern), (index.Count, report.BrokenLines, report.Broken[0].Fault));
    }

    [Theory]
    [InlineData("\"valid_until\":\"2020-01-01T00:00:00Z\"")]
    [InlineData("\"valid_from\":\"2900-01-01T00:00:00Z\"")]
    [InlineData("\"revoked\":true")]
    public void Indicator_that_is_not_in_force_is_left_out_and_counted(string property)
    {
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator("[domain-name:value = 'evil.test']", property))).Load(out TrailBuildReport report);

        Assert.Equal((0, 0), (index.Count, report.BrokenLines));
        Assert.Contains((LineFault.NotInForce, 1L), index.Summary().Faults);
    }

    [Fact]
    public void Name_references_and_object_number_are_told()
    {
        string properties = "\"name\":\"sample bot\",\"external_references\":[{\"source_name\":\"report\",\"url\":\"https://a.test/1\"}]";
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator("[domain-name:value = 'evil.test']", properties), Indicator("[domain-name:value = 'other.test']"))).Load();
        Trail trail = index.Explain("evil.test").Match!;

        Assert.Equal(("sample bot", "report (custom)", Severity.High), (trail.Info, trail.Reference, trail.Severity));
        Assert.Equal(("a.json", 2, "https://a.test/1"), (trail.Sources[0].List, trail.Sources[0].Line, trail.Sources[0].References[0]));
        Assert.Empty(index.Explain("other.test").Match!.Sources[0].References);
    }

    [Theory]
    [InlineData(85, "thing", "stix (custom)", Severity.High)]
    [InlineData(50, "thing", "stix", Severity.Medium)]
    [InlineData(10, "thing (low confidence)", "stix", Severity.Low)]
    public void Confidence_decides_the_severity(int confidence, string info, string reference, Severity severity)
    {
        string properties = $"\"labels\":[\"thing\"],\"confidence\":{confidence}";
        using TrailIndex index = _folder.With("a.json", Bundle(Indicator("[domain-name:value = 'evil.test']", properties))).Load();
        Trail trail = index.Explain("evil.test").Match!;

        Assert.Equal((info, reference, severity), (trail.Info, trail.Reference, trail.Severity));
    }

    [Fact]
    public void Page_of_a_server_and_single_indicator_are_read_too()
    {
        _folder.With("page.json", $"{{\"more\":true,\"objects\":[{Indicator("[domain-name:value = 'a.test']")}]}}").With("one.json", Indicator("[domain-name:value = 'b.test']"));
        using TrailIndex index = _folder.Load();

        Assert.Equal(["a.test", "b.test"], Told(index));
    }

    [Theory]
    [InlineData("{\"type\":\"bundle\",\"objects\":[", "a.json is no JSON: it breaks in line 1")]
    [InlineData("{\"name\":1}", "a.json is JSON of no known kind; STIX 2.1 bundles and MISP events are known")]
    [InlineData("[]", "a.json is JSON of no known kind; STIX 2.1 bundles and MISP events are known")]
    public void Json_that_cannot_be_read_is_named_and_the_rest_is_read(string text, string problem)
    {
        using TrailIndex index = _folder.With("a.json", text).With("b.txt", "evil.test\n").Load(out TrailBuildReport report);

        Assert.Equal(1, index.Count);
        Assert.EndsWith(problem, Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_pattern_or_refused() => Gen.OneOf(Gen.String, Gen.Int[0, Words.Length - 1].Array[0, 40].Select(numbers => string.Concat(numbers.Select(number => Words[number])))).Sample(text =>
    {
        bool isGood = StixPattern.TryParse(text, out List<StixTest[]> alternatives, out _);
        Assert.True(!isGood || alternatives.Count > 0);
    });

    [Fact]
    public void Deep_and_wide_patterns_are_refused()
    {
        string wide = string.Join(" AND ", Enumerable.Repeat("(a:b = 1 OR a:b = 2)", 40));

        Assert.False(StixPattern.TryParse($"[{wide}]", out _, out _));
        Assert.False(StixPattern.TryParse(new string('(', 10_000), out _, out _));
        Assert.False(StixPattern.TryParse("[" + new string('(', 10_000), out _, out _));
    }

    private static IEnumerable<string> Told(TrailIndex index) => Enumerable.Range(0, (int)index.Count).Select(i => index.Get(i).Indicator).Order(StringComparer.Ordinal);

    private static string Bundle(params string[] objects) => $"{{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{{\"type\":\"identity\"}},\n{string.Join(',', objects)}]}}";

    private static string Indicator(string pattern, string properties = "\"confidence\":100") =>
        $"{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--11111111-1111-4111-8111-111111111111\",\"pattern_type\":\"stix\",\"valid_from\":\"2020-01-01T00:00:00Z\",\"pattern\":\"{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}\",{properties}}}";
}
