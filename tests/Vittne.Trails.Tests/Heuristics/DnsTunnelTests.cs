using System.Globalization;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Heuristics.Names;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class DnsTunnelTests
{
    [Fact]
    public void Names_that_carry_data_are_told_once_with_what_they_carry()
    {
        List<ThreatRecord> threats = Tunnels(Ask(count: 200, i => $"{Data(i, 48)}.t.evil.com"));
        ThreatRecord threat = Assert.Single(threats);
        Assert.Equal("potential dns tunneling (suspicious)", threat.Info);
        Assert.EndsWith(".t).evil.com", threat.Trail, StringComparison.Ordinal);
        Assert.Equal((4050, 4000, 600), (threat.Measured, threat.Threshold, threat.WindowSeconds));
        Assert.StartsWith("81 names, 4050 characters, ", threat.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Just_below_the_volume_it_is_silent() => Assert.Empty(Tunnels(Ask(count: 80, i => $"{Data(i, 48)}.t.evil.com")));

    [Fact]
    public void Few_very_long_names_are_silent() =>
        Assert.Empty(Tunnels(Ask(count: 29, i => $"{Data(i, 60)}.{Data(i + 1000, 60)}.{Data(i + 2000, 40)}.evil.com")));

    [Fact]
    public void Slow_questions_are_silent() => Assert.Empty(Tunnels(Ask(count: 200, i => $"{Data(i, 48)}.t.evil.com", step: 10)));

    [Fact]
    public void Same_names_again_and_again_are_silent() =>
        Assert.Empty(Tunnels(Ask(count: 1000, i => $"{Data(i % 20, 48)}.cdn.example.com")));

    [Fact]
    public void Parents_of_country_registries_are_kept_apart() =>
        Assert.Empty(Tunnels(Ask(count: 200, i => $"{Data(i, 48)}.firm{i}.co.uk")));

    [Theory]
    [InlineData("r{0}---sn-4g5e6nz{0}.googlevideo.com")]
    [InlineData("e{0}.dscb.akamaiedge.net")]
    [InlineData("{0}.12.168.192.zen.spamhaus.org")]
    [InlineData("1.2.3.{0}.dnsbl.sorbs.net")]
    [InlineData("0.0.0.0.1.0.0.4e.13cfus2drmdq3j8cafidezr8l{0}.avqs.mcafee.com")]
    [InlineData("{0}.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("host-number-aaaaaaaaaaaaaaaaaaaa{0}.aaaaaaaaaaaaaaaaaaaaaaaa.example.com")]
    public void Names_of_content_networks_block_lists_and_counters_are_silent(string form) =>
        Assert.Empty(Tunnels(Ask(count: 250, i => string.Format(CultureInfo.InvariantCulture, form, i))));

    [Fact]
    public void Tunnel_to_a_server_without_a_parent_is_told() =>
        Assert.Single(Tunnels(Ask(count: 200, i => $"dnscat.{Data(i, 48)}")));

    [Fact]
    public void Whitelisted_parents_are_silent()
    {
        var run = new HeuristicRun(new FakeTrailIndex().Whitelist("evil.com"));
        Assert.Empty(Tunnels(Ask(count: 200, i => $"{Data(i, 48)}.t.evil.com", run: run)));
    }

    [Fact]
    public void Parents_beyond_the_bound_make_room_and_are_counted()
    {
        var run = new HeuristicRun();
        var source = new HeuristicRun();
        var detector = new DnsTunnelDetector(new HeuristicReadings(new HeuristicContext { Index = null }), maxParents: 4);
        for (int i = 0; i < 40; i++)
        {
            detector.OnRecord(source.DnsQuestion($"{Data(i, 48)}.evil{i % 8}.com", i), run);
            detector.OnRecord(source.DnsQuestion($"{Data(i + 100, 48)}.evil{i % 8}.com", i), run);
        }

        Assert.Equal(36, detector.Dropped);
    }

    private static HeuristicRun Ask(int count, Func<int, string> name, double step = 1, HeuristicRun? run = null)
    {
        run ??= new HeuristicRun();
        for (int i = 0; i < count; i++)
        {
            run.Query(name(i), i * step);
        }

        return run;
    }

    private static List<ThreatRecord> Tunnels(HeuristicRun run) => run.Threats.FindAll(threat => threat.Heuristic == "dns-tunnel");

    private static string Data(int seed, int length)
    {
        var random = new Random(seed);
        return string.Create(length, random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = "0123456789abcdef"[random.Next(16)];
            }
        });
    }
}
