using CsCheck;
using Vittne.Packets;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class ScanTests
{
    private const string Scanner = "203.0.113.9";
    private const string Target = "198.51.100.7";

    [Fact]
    public void Eleventh_port_is_told_once_a_window_with_what_was_measured()
    {
        var run = new HeuristicRun();
        for (int port = 1; port <= 20; port++)
        {
            run.Start(Scanner, Target, port, second: port);
        }

        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("potential port scanning", threat.Info);
        Assert.Equal(Scanner, threat.Trail);
        Assert.Equal(EventType.Ip, threat.Type);
        Assert.Equal(Severity.Low, threat.Severity);
        Assert.Equal((11, 10, 30), (threat.Measured, threat.Threshold, threat.WindowSeconds));
        Assert.Equal(11, threat.At.Number);
        Assert.Equal("port-scan", threat.Heuristic);
    }

    [Theory]
    [InlineData(TcpFlag.Syn)]
    [InlineData(TcpFlag.Syn | 0xC0)]
    [InlineData(TcpFlag.Syn | 0x1C0)]
    [InlineData(0)]
    [InlineData(TcpFlag.Fin)]
    [InlineData(TcpFlag.Fin | TcpFlag.Psh | TcpFlag.Urg)]
    public void Probes_of_all_kinds_count_whatever_the_congestion_bits(int flags) => Assert.Single(PortScan(flags).Threats);

    [Theory]
    [InlineData(TcpFlag.Ack)]
    [InlineData(TcpFlag.Syn | TcpFlag.Ack)]
    [InlineData(TcpFlag.Fin | TcpFlag.Ack)]
    [InlineData(TcpFlag.Rst)]
    public void Middle_and_end_of_connections_are_no_probes(int flags) => Assert.Empty(PortScan(flags).Threats);

    [Fact]
    public void Window_slides_over_the_borders_that_buckets_have()
    {
        var run = new HeuristicRun();
        for (int port = 1; port <= 11; port++)
        {
            run.Start(Scanner, Target, port, second: 24.9 + port);
        }

        Assert.Single(run.Threats);
    }

    [Fact]
    public void Slow_scan_stays_below_the_threshold_and_a_wider_window_sees_it()
    {
        Assert.Empty(SlowScan(windowSeconds: 30).Threats);
        Assert.NotEmpty(SlowScan(windowSeconds: 120).Threats);
    }

    [Fact]
    public void Scan_that_goes_on_is_told_again_in_the_next_window()
    {
        var run = new HeuristicRun();
        for (int port = 1; port <= 100; port++)
        {
            run.Start(Scanner, Target, port, second: port);
        }

        Assert.Equal([11L, 42L, 73L], run.Threats.ConvertAll(threat => threat.At.Number));
    }

    [Fact]
    public void Whitelisted_addresses_and_localhost_are_left_alone()
    {
        Assert.Empty(PortScan(TcpFlag.Syn, index: new FakeTrailIndex().Whitelist(Scanner)).Threats);
        Assert.Empty(PortScan(TcpFlag.Syn, target: "127.0.0.1").Threats);
        Assert.Empty(PortScan(TcpFlag.Syn, disabled: "port-scan").Threats);
    }

    [Fact]
    public void Udp_scan_is_told_and_replies_of_a_server_are_not()
    {
        Assert.Equal(["potential udp scanning"], UdpScan(sourcePort: 40000, firstPort: 1000).Infos);
        Assert.Empty(UdpScan(sourcePort: 88, firstPort: 40000).Threats);
        Assert.Empty(UdpScan(sourcePort: 5355, firstPort: 50000).Threats);
        Assert.Equal(["potential udp scanning"], UdpScan(sourcePort: 53, firstPort: 1).Infos);
    }

    [Fact]
    public void Questions_to_a_resolver_are_no_udp_scan()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 50; i++)
        {
            run.Start(Scanner, Target, 53, second: 1, IpProtocol.Udp, sourcePort: 40000 + i);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Host_of_ours_that_tries_many_is_infected_and_the_first_target_is_named()
    {
        HeuristicRun run = Sweep("10.0.0.5", 445);
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("potential infection", threat.Info);
        Assert.Equal("445", threat.Trail);
        Assert.Equal(EventType.Port, threat.Type);
        Assert.Equal("10.9.9.0", threat.Flow.Destination.ToString());
        Assert.Equal((33, 32), (threat.Measured, threat.Threshold));
    }

    [Fact]
    public void Sweep_from_outside_or_of_other_ports_is_no_infection()
    {
        Assert.Empty(Sweep("203.0.113.9", 445).Threats);
        Assert.Empty(Sweep("10.0.0.5", 443).Threats);
        Assert.Single(Sweep("203.0.113.9", 445, homeNetworks: "203.0.113.0/24").Threats);
    }

    [Fact]
    public void Many_paths_of_one_server_are_a_web_scan_and_many_files_of_one_folder_are_not()
    {
        var scan = new HeuristicRun();
        var folder = new HeuristicRun();
        for (int i = 0; i < 14; i++)
        {
            scan.Get($"/scan{i}/x", second: i);
            folder.Get($"/images/{i}.png", second: i);
            folder.Get($"/list?page={i}", second: i);
        }

        ThreatRecord threat = Assert.Single(scan.Threats);
        Assert.Equal(("potential web scanning", "*", EventType.Path), (threat.Info, threat.Trail, threat.Type));
        Assert.Empty(folder.Threats);
    }

    [Theory]
    [InlineData(404, Severity.Medium, "8 of 8 answers were 4xx")]
    [InlineData(200, Severity.Low, "0 of 8 answers were 4xx")]
    public void Answers_say_whether_the_paths_are_guessed(int status, Severity severity, string evidence)
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 11; i++)
        {
            run.Get($"/scan{i}/x", second: i);
            if (i < 8)
            {
                run.Response($"HTTP/1.1 {status} X\r\n\r\n", second: i);
            }
        }

        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal((severity, evidence), (threat.Severity, threat.Evidence));
    }

    [Theory]
    [InlineData(TcpFlag.Ack, "ack scan of ports 1,2,3,4,5,6,7,8,9,10,11")]
    [InlineData(TcpFlag.Fin | TcpFlag.Ack, "maimon scan of ports 1,2,3,4,5,6,7,8,9,10,11")]
    public void Stray_segments_are_probes_when_they_are_refused(int flags, string evidence)
    {
        HeuristicRun refused = new();
        HeuristicRun silent = new();
        for (int port = 1; port <= 11; port++)
        {
            Assert.Empty(refused.Threats);
            refused.Start(Scanner, Target, port, second: port, flags: flags).Refused(Scanner, Target, port, second: port, flags);
            silent.Start(Scanner, Target, port, second: port, flags: flags).Unanswered(Scanner, Target, port, second: 200, flags: flags);
        }

        Assert.Equal(evidence, Assert.Single(refused.Threats).Evidence);
        Assert.Empty(silent.Threats);
    }

    [Theory]
    [InlineData(TcpFlag.Ack | TcpFlag.Psh)]
    [InlineData(TcpFlag.Rst)]
    public void Refused_middles_of_connections_are_no_probes(int flags)
    {
        var run = new HeuristicRun();
        for (int port = 1; port <= 20; port++)
        {
            run.Refused(Scanner, Target, port, second: 1, flags);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Web_scan_between_private_addresses_is_left_alone()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 14; i++)
        {
            run.Request($"GET /scan{i}/x HTTP/1.1\r\nHost: a.example\r\n\r\n", source: "10.0.0.1", destination: "192.168.0.1");
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Recent_items_answer_the_window_question_as_a_full_list_would() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 5]).Array[0, 60].Sample(steps =>
        {
            const int Threshold = 3;
            const long Window = 10;
            var table = new Vittne.Trails.Heuristics.Scans.ScanTable<int, int>(Threshold, Window);
            var seen = new List<(int Item, long Time)>();
            long now = 0;
            long told = long.MinValue / 2;
            foreach ((int item, int step) in steps)
            {
                now += step;
                seen.Add((item, now));
                bool expected = seen.Where(entry => now - entry.Time <= Window).Select(entry => entry.Item).Distinct().Count() > Threshold
                    && now - told > Window;
                told = expected ? now : told;
                Assert.Equal(expected, table.Crosses(1, item, now, out _));
            }
        });

    [Fact]
    public void Key_that_makes_room_while_its_window_is_open_is_counted()
    {
        var table = new Vittne.Trails.Heuristics.Scans.ScanTable<int, int>(threshold: 3, windowNs: 10, maxKeys: 2);
        table.Crosses(1, 0, 0, out _);
        table.Crosses(2, 0, 5, out _);
        table.Crosses(3, 0, 6, out _);
        Assert.Equal(1, table.Dropped);
        table.Crosses(4, 0, 50, out _);
        Assert.Equal(1, table.Dropped);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.0/25", "192.0.2.128", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void Home_networks_hold_their_addresses(string network, string address, bool expected)
    {
        Assert.True(AddressRanges.TryParse([network], out AddressRanges ranges, out _));
        Assert.Equal(expected, ranges.Contains(FakeTrailIndex.Address(address)));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("ten/8")]
    [InlineData("")]
    public void Text_that_is_no_network_is_named(string text)
    {
        Assert.False(AddressRanges.TryParse(["10.0.0.0/8", text], out _, out string refused));
        Assert.Equal(text, refused);
    }

    private static HeuristicRun PortScan(int flags, string target = Target, ITrailIndex? index = null, string disabled = "")
    {
        var run = new HeuristicRun(new HeuristicContext { Index = index, Disabled = new HashSet<string> { disabled } });
        for (int port = 1; port <= 12; port++)
        {
            run.Start(Scanner, target, port, second: port, flags: flags);
        }

        return run;
    }

    private static HeuristicRun SlowScan(int windowSeconds)
    {
        var run = new HeuristicRun(new HeuristicContext { Index = null, ScanWindowSeconds = windowSeconds });
        for (int port = 1; port <= 40; port++)
        {
            run.Start(Scanner, Target, port, second: port * 4);
        }

        return run;
    }

    private static HeuristicRun UdpScan(int sourcePort, int firstPort)
    {
        var run = new HeuristicRun();
        for (int port = 0; port < 12; port++)
        {
            run.Start(Scanner, Target, firstPort + port, second: port, IpProtocol.Udp, sourcePort: sourcePort);
        }

        return run;
    }

    private static HeuristicRun Sweep(string source, int port, params string[] homeNetworks)
    {
        var run = new HeuristicRun(new HeuristicContext { Index = null, HomeNetworks = homeNetworks });
        for (int host = 0; host < 40; host++)
        {
            run.Start(source, $"10.9.9.{host}", port, second: host * 0.1);
        }

        return run;
    }
}
