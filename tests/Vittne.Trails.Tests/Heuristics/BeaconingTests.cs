using CsCheck;
using Vittne.Packets;
using Vittne.Trails.Heuristics.Beacons;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class BeaconingTests
{
    private const string Client = "10.0.0.5";
    private const string Server = "203.0.113.77";

    [Fact]
    public void Clockwork_is_told_once_with_its_period()
    {
        HeuristicRun run = Contacts(count: 60, _ => 60);
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal(("potential beaconing (suspicious)", "203.0.113.77:443", EventType.Iport), (threat.Info, threat.Trail, threat.Type));
        Assert.Equal("every 60.0 s, 20 intervals, jitter 0 %", threat.Evidence);
        Assert.Equal((20, 20, 1200), (threat.Measured, threat.Threshold, threat.WindowSeconds));
        Assert.Equal(23, threat.At.Number);
    }

    [Fact]
    public void Twenty_intervals_are_needed()
    {
        Assert.Empty(Contacts(count: 22, _ => 60).Threats);
        Assert.Single(Contacts(count: 23, _ => 60).Threats);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Jitter_as_implants_are_set_to_is_tolerated(double jitter)
    {
        var random = new Random(7);
        Assert.Single(Contacts(count: 40, _ => 60 * (1 - (jitter * random.NextDouble()))).Threats);
    }

    [Fact]
    public void One_long_pause_does_not_hide_it() => Assert.Single(Contacts(count: 30, i => i == 9 ? 700 : 60).Threats);

    [Fact]
    public void Contacts_by_chance_are_none()
    {
        var random = new Random(11);
        Assert.Empty(Contacts(count: 400, _ => -60 * Math.Log(1 - random.NextDouble())).Threats);
    }

    [Fact]
    public void Several_connections_at_once_are_one_contact()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 30; i++)
        {
            run.Start(Client, Server, 443, i * 60).Start(Client, Server, 443, (i * 60) + 0.4).Start(Client, Server, 443, (i * 60) + 1.1);
        }

        Assert.Equal("every 60.0 s, 20 intervals, jitter 0 %", Assert.Single(run.Threats).Evidence);
    }

    [Fact]
    public void Pages_that_reload_themselves_in_seconds_are_none() => Assert.Empty(Contacts(count: 200, _ => 5).Threats);

    [Theory]
    [InlineData(123)]
    [InlineData(53)]
    [InlineData(993)]
    [InlineData(161)]
    [InlineData(5353)]
    [InlineData(3478)]
    public void Clocks_mail_boxes_and_the_like_have_a_right_to_be_regular(int port)
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 60; i++)
        {
            run.Start(Client, Server, port, i * 64, IpProtocol.Udp, sourcePort: 40000 + i);
            run.Start(Client, Server, port, i * 64);
        }

        Assert.Empty(run.Threats);
    }

    [Theory]
    [InlineData("10.0.0.9")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.251")]
    [InlineData("255.255.255.255")]
    public void Monitors_of_the_own_network_and_groups_are_none(string server)
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 60; i++)
        {
            run.Start(Client, server, 8443, i * 60, IpProtocol.Udp, sourcePort: 40000 + i);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Conversation_that_is_kept_alive_is_none_and_new_sockets_are_contacts()
    {
        var run = new HeuristicRun();
        var fresh = new HeuristicRun();
        for (int i = 0; i < 60; i++)
        {
            run.Start(Client, Server, 50004, i * 60, IpProtocol.Udp, sourcePort: 62481);
            fresh.Start(Client, Server, 50004, i * 60, IpProtocol.Udp, sourcePort: 40000 + i);
        }

        Assert.Empty(run.Threats);
        Assert.Single(fresh.Threats);
    }

    [Fact]
    public void Pings_are_none()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 60; i++)
        {
            run.Start(Client, Server, 0, i * 60, IpProtocol.Icmp, sourcePort: 8);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Flood_of_other_pairs_leaves_memory_as_it_is_and_is_counted()
    {
        var table = new BeaconTable();
        long dropped = 0;
        for (uint i = 0; i < 200_000; i++)
        {
            ref BeaconTable.Place place = ref table.Of(BeaconTable.KeyOf(IpAddress.FromV4(i), IpAddress.FromV4(~i), 443, IpProtocol.Tcp));
            for (int j = 0; j < 12; j++)
            {
                place.Add(60);
            }

            place.LastNs = i;
            dropped = table.Dropped;
        }

        Assert.InRange(dropped, 150_000, 200_000);
    }

    [Fact]
    public void Series_keeps_its_place_among_single_contacts()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 30; i++)
        {
            run.Start(Client, Server, 443, i * 60);
            for (int j = 0; j < 2000; j++)
            {
                run.Start(Client, $"198.18.{j / 250}.{j % 250}", 1024 + i, (i * 60) + (j * 0.01));
            }
        }

        Assert.Contains(run.Threats, threat => threat.Heuristic == "beaconing" && threat.Trail == "203.0.113.77:443");
    }

    [Fact]
    public void Any_intervals_get_an_answer_without_an_exception() => Gen.Float[0, 1e6f].Array[1, BeaconTable.Intervals].Sample(intervals =>
    {
        bool isRegular = BeaconingDetector.IsRegular(intervals, intervals[^1], out float period, out float jitter);
        Assert.True(!isRegular || (period >= 10 && jitter <= 0.2f));
    });

    private static HeuristicRun Contacts(int count, Func<int, double> interval)
    {
        var run = new HeuristicRun();
        double second = 1;
        for (int i = 0; i < count; i++)
        {
            run.Start(Client, Server, 443, second);
            second += interval(i);
        }

        return run;
    }
}
