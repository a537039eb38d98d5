using Vittne.Packets;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Heuristics.Scans;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class HostSweepTests
{
    private const string Scanner = "203.0.113.9";

    [Theory]
    [InlineData(IpProtocol.Tcp, 443, "tcp port 443, 33 destinations, of 26 watched 24 did not accept")]
    [InlineData(IpProtocol.Udp, 161, "udp port 161, 33 destinations, of 26 watched 24 did not accept")]
    [InlineData(IpProtocol.Icmp, 0, "echo, 33 destinations, of 26 watched 24 did not accept")]
    public void Many_hosts_that_do_not_answer_are_a_sweep(byte protocol, int port, string evidence)
    {
        HeuristicRun run = Sweep(hosts: 33, acceptedOf: 0, protocol, port);
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal(("potential host sweep", Scanner, EventType.Ip), (threat.Info, threat.Trail, threat.Type));
        Assert.Equal((33, 32, 60), (threat.Measured, threat.Threshold, threat.WindowSeconds));
        Assert.Equal(evidence, threat.Evidence);
    }

    [Fact]
    public void One_host_less_or_one_in_ten_that_accepts_is_none()
    {
        Assert.Empty(Sweep(hosts: 32, acceptedOf: 0).Threats);
        Assert.Empty(Sweep(hosts: 60, acceptedOf: 8).Threats);
        Assert.Single(Sweep(hosts: 60, acceptedOf: 20).Threats);
    }

    [Fact]
    public void Client_whose_servers_accept_is_none() => Assert.Empty(Sweep(hosts: 64, acceptedOf: 1).Threats);

    [Fact]
    public void Slow_questions_are_none()
    {
        Assert.Empty(Sweep(hosts: 64, acceptedOf: 0, step: 2).Threats);
        Assert.NotEmpty(Sweep(hosts: 64, acceptedOf: 0, step: 1).Threats);
    }

    [Fact]
    public void Same_host_again_and_again_is_none()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 100; i++)
        {
            run.Start(Scanner, "198.51.100.7", 443, second: i * 0.1);
        }

        for (int i = 0; i < 100; i++)
        {
            run.Unanswered(Scanner, "198.51.100.7", 443, second: 70);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Pings_that_are_answered_are_none()
    {
        var run = new HeuristicRun();
        for (int host = 0; host < 40; host++)
        {
            Ping(run, Scanner, $"198.51.100.{host}", type: 8, second: host * 0.1);
            Ping(run, $"198.51.100.{host}", Scanner, type: 0, second: host * 0.1);
        }

        for (int host = 0; host < 40; host++)
        {
            run.Unanswered(Scanner, $"198.51.100.{host}", 0, second: 100, IpProtocol.Icmp, flags: 0);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Multicast_and_replies_of_servers_are_no_questions()
    {
        var run = new HeuristicRun();
        for (int host = 0; host < 40; host++)
        {
            run.Start(Scanner, $"239.1.1.{host}", 5353, second: 1, IpProtocol.Udp);
            run.Start(Scanner, $"198.51.100.{host}", 50000, second: 1, IpProtocol.Udp, sourcePort: 53);
            run.Start(Scanner, $"198.51.100.{host}", 80, second: 1, flags: TcpFlag.Syn | TcpFlag.Ack);
        }

        for (int host = 0; host < 40; host++)
        {
            run.Unanswered(Scanner, $"239.1.1.{host}", 5353, second: 70, IpProtocol.Udp, flags: 0);
            run.Unanswered(Scanner, $"198.51.100.{host}", 80, second: 70, flags: TcpFlag.Syn | TcpFlag.Ack);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Sweep_of_thousands_is_told_by_its_beginning_and_whitelisted_sources_never()
    {
        Assert.Single(Sweep(hosts: 250, acceptedOf: 0, step: 0.1).Threats);
        FakeTrailIndex index = new FakeTrailIndex().Whitelist(Scanner);
        Assert.Empty(Sweep(hosts: 250, acceptedOf: 0, index: index).Threats);
    }

    [Fact]
    public void Order_in_which_flows_end_at_one_packet_changes_nothing()
    {
        // Slow enough that the sweep is longer than the window, so that another order would find another first destination.
        var told = new HashSet<string>();
        foreach (int factor in (ReadOnlySpan<int>)[1, 3, 13, 27, 63])
        {
            var run = new HeuristicRun();
            for (int host = 0; host < 64; host++)
            {
                run.Start(Scanner, $"198.51.100.{host}", 443, host * 1.5);
            }

            IEnumerable<string> hosts = Enumerable.Range(0, 64).Select(turn => $"198.51.100.{turn * factor % 64}");
            ThreatRecord threat = Assert.Single(run.UnansweredTogether(Scanner, hosts, 443, 200).End().Threats);
            told.Add($"{threat.Flow.Destination} {threat.Evidence}");
        }

        Assert.Equal("198.51.100.7 tcp port 443, 33 destinations, of 26 watched 26 did not accept", Assert.Single(told));
    }

    [Fact]
    public void Sources_beyond_the_bound_make_room_and_are_counted()
    {
        var readings = new HeuristicReadings(new HeuristicContext { Index = null });
        var sweep = new HostSweepDetector(readings, maxKeys: 2);
        var run = new HeuristicRun();
        foreach (int port in (ReadOnlySpan<int>)[1, 2, 3])
        {
            for (int host = 0; host < 8; host++)
            {
                sweep.OnRecord(
                    new Vittne.Flows.FlowStartRecord
                    {
                        Flow = HeuristicRun.Flow(Scanner, 40000, $"198.51.100.{host}", port, IpProtocol.Tcp),
                        At = run.Stamp(1),
                        Direction = Direction.FromOriginator,
                        TcpFlags = TcpFlag.Syn,
                        PayloadLength = 0,
                    },
                    run);
            }
        }

        Assert.Equal(1, sweep.Dropped);
    }

    private static HeuristicRun Sweep(
        int hosts, int acceptedOf, byte protocol = IpProtocol.Tcp, int port = 443, double step = 0.5, ITrailIndex? index = null)
    {
        var run = new HeuristicRun(new HeuristicContext { Index = index });
        for (int host = 0; host < hosts; host++)
        {
            if (protocol == IpProtocol.Icmp)
            {
                Ping(run, Scanner, $"198.51.100.{host}", type: 8, host * step);
            }
            else
            {
                run.Start(Scanner, $"198.51.100.{host}", port, host * step, protocol);
            }
        }

        for (int host = 0; host < hosts; host++)
        {
            if (acceptedOf == 0 || host % acceptedOf != 0)
            {
                run.Unanswered(Scanner, $"198.51.100.{host}", port, second: 200, protocol, protocol == IpProtocol.Tcp ? TcpFlag.Syn : 0);
            }
        }

        return run.End();
    }

    private static void Ping(HeuristicRun run, string source, string destination, int type, double second) =>
        run.Start(source, destination, port: 0, second, IpProtocol.Icmp, sourcePort: type);
}
