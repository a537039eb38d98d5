using System.Globalization;
using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.TestKit;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Heuristics.Names;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class NameTests
{
    private const int NxDomain = 3;

    [Theory]
    [InlineData("a.b.com", "b.com")]
    [InlineData("b.com", "b.com")]
    [InlineData("com", "com")]
    [InlineData("x.a.co.uk", "a.co.uk")]
    [InlineData("a.co.uk", "a.co.uk")]
    [InlineData("w.x.y.bbc.de", "y.bbc.de")]
    [InlineData("x.bbc.de", "bbc.de")]
    [InlineData("y.bbc.com", "bbc.com")]
    public void Parent_of_a_name_is_what_was_registered(string name, string expected) =>
        Assert.Equal(expected, name[DnsParent.StartOf(name)..]);

    [Fact]
    public void Consonants_are_counted_as_the_vectors_say()
    {
        List<string[]>? rows = SharedVectors.Rows("entropy.tsv", 3);
        Assert.SkipWhen(rows is null, "the shared vector files are not here; set VITTNE_SHARED");
        Assert.All(rows!, row => Assert.Equal(
            int.Parse(row[2], CultureInfo.InvariantCulture), GeneratedLabel.ConsonantsIn(Encoding.ASCII.GetBytes(row[0]))));
    }

    [Fact]
    public void Missing_name_with_evenly_spread_letters_is_told_from_server_to_client()
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().Answer("XKQwzlvbnmfghjd.com", NxDomain).Threats);
        Assert.Equal("entropy threshold no such domain (suspicious)", threat.Info);
        Assert.Equal("(xkqwzlvbnmfghjd).com", threat.Trail);
        Assert.Equal(Direction.FromResponder, threat.Direction);
        Assert.Equal(3.9069, threat.Measured, 4);
        Assert.Equal(3.5, threat.Threshold);
    }

    [Fact]
    public void Consonants_count_where_the_entropy_is_low_or_not_asked_for()
    {
        Assert.Equal(["consonant threshold no such domain (suspicious)"], new HeuristicRun().Answer("bbbbcccdddfff.com", NxDomain).Infos);
        var context = new HeuristicContext { Index = null, Disabled = new HashSet<string> { "dga-entropy" } };
        Assert.Equal(
            ["consonant threshold no such domain (suspicious)"], new HeuristicRun(context).Answer("xkqwzlvbnmfghjd.com", NxDomain).Infos);
    }

    [Theory]
    [InlineData("google.com")]
    [InlineData("xkqwz-lvbnmfghjd.com")]
    [InlineData("xkqwzlvbnmfghjd.local")]
    [InlineData("xkqwzlvbnmfghjd.123")]
    [InlineData("1.2.0.192.zxcvbnmasdfghjkl.org")]
    [InlineData("1.2.3.4")]
    public void Ordinary_missing_names_are_left_alone(string name) => Assert.Empty(new HeuristicRun().Answer(name, NxDomain).Threats);

    [Fact]
    public void Trails_and_whitelisted_names_are_left_to_others()
    {
        FakeTrailIndex index = new FakeTrailIndex().Add(TrailKind.Domain, "xkqwzlvbnmfghjd.com").Whitelist("zxcvbnmasdfghjkl.org");
        Assert.Empty(new HeuristicRun(index).Answer("xkqwzlvbnmfghjd.com", NxDomain).Answer("www.zxcvbnmasdfghjkl.org", NxDomain).Threats);
        Assert.Empty(new HeuristicRun().Answer("xkqwzlvbnmfghjd.com", responseCode: 0).Query("xkqwzlvbnmfghjd.com").Threats);
    }

    [Fact]
    public void Missing_names_of_one_parent_are_told_sorted_at_the_one_and_twentieth()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 25; i++)
        {
            run.Answer($"nx{i}.parent.com", NxDomain, second: i, client: "10.0.0.1");
        }

        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("excessive no such domain (suspicious)", threat.Info);
        Assert.StartsWith("(nx0,nx1,nx10,nx11,", threat.Trail, StringComparison.Ordinal);
        Assert.EndsWith(",nx9).parent.com", threat.Trail, StringComparison.Ordinal);
        Assert.Equal(21, threat.At.Number);
        Assert.Equal((21, 20, 3600), (threat.Measured, threat.Threshold, threat.WindowSeconds));
    }

    [Fact]
    public void One_missing_name_asked_again_and_again_is_told_by_itself()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 30; i++)
        {
            run.Answer("gone.com", NxDomain, second: i);
        }

        Assert.Equal("gone.com", Assert.Single(run.Threats).Trail);
    }

    [Fact]
    public void Missing_names_count_for_each_client_and_hour()
    {
        var clients = new HeuristicRun();
        var hours = new HeuristicRun();
        for (int i = 0; i < 40; i++)
        {
            clients.Answer($"a{i}.parent.com", NxDomain, second: i, client: $"10.0.0.{i % 2}");
            hours.Answer($"a{i}.parent.com", NxDomain, second: i * 200);
        }

        Assert.Empty(clients.Threats);
        Assert.Empty(hours.Threats);
    }

    [Theory]
    [InlineData("wpad.parent.com")]
    [InlineData("_ldap._tcp.dc._msdcs.parent.com")]
    [InlineData("4.3.2.1.zen.spamlist.org")]
    [InlineData("x.dnsbl.parent.org")]
    public void Names_that_fail_in_masses_without_harm_are_left_alone(string name)
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 30; i++)
        {
            run.Answer(name, NxDomain, second: i);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Thousand_and_first_name_of_a_minute_exhausts_its_parent_once_an_hour()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 3000; i++)
        {
            run.Query($"s{i}.tunnel.com", second: i * 0.01);
        }

        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("(s1000).tunnel.com", threat.Trail);
        Assert.Equal("potential dns exhaustion (suspicious)", threat.Info);
        Assert.Equal((1001, 1000, 60), (threat.Measured, threat.Threshold, threat.WindowSeconds));
        Assert.DoesNotContain("excessive no such domain (suspicious)", MissAgainAndAgain(run, "gone.tunnel.com").Infos);
    }

    [Fact]
    public void Slow_or_repeated_names_do_not_exhaust_a_parent()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 3000; i++)
        {
            run.Query($"s{i}.slow.com", second: i * 0.1).Query($"s{i % 900}.cached.com", second: i * 0.1);
        }

        Assert.Empty(run.Threats);
    }

    [Fact]
    public void Flood_of_names_keeps_to_its_bounds_and_counts_what_it_gave_up()
    {
        var window = new NameWindow(windowNs: 60);
        for (int i = 0; i < 140_000; i++)
        {
            string host = $"n{i}.";
            window.Add($"{host}p{i % 1000}.com", parentStart: host.Length, nowNs: 1);
        }

        Assert.Equal(140_000 - 131_072, window.Dropped);
    }

    [Fact]
    public void Names_of_a_parent_are_counted_once_each_while_the_window_holds_them()
    {
        var window = new NameWindow(windowNs: 60);

        Assert.Equal(1, window.Add("a.x.com", parentStart: 2, nowNs: 1));
        Assert.Equal(2, window.Add("b.x.com", parentStart: 2, nowNs: 2));
        Assert.Equal(1, window.Add("a.y.com", parentStart: 2, nowNs: 3));
        Assert.Equal(2, window.Add("a.x.com", parentStart: 2, nowNs: 61));
        Assert.Equal(2, window.Add("c.x.com", parentStart: 2, nowNs: 62));
    }

    [Fact]
    public void Tunnel_is_told_once_for_client_server_and_parent()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 20; i++)
        {
            run.Query($"05e100a621c3620001636f6e736f6c{i:x2}.tunnel.org", second: i);
        }

        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal("(05e100a621c3620001636f6e736f6c00).tunnel.org", threat.Trail);
        Assert.Equal((32, 24), (threat.Measured, threat.Threshold));
        Assert.Equal("long domain (suspicious)", threat.Info);
    }

    [Fact]
    public void Tunnel_whose_names_have_no_parent_is_told_once_for_client_and_server()
    {
        var run = new HeuristicRun();
        for (int i = 0; i < 20; i++)
        {
            run.Query($"dnscat.546b03f50000000000a6023ed4df184d6ac5.5a03b5b1e1aa8f{i:x2}.19e4d098dc8c61{i:x2}", second: i);
        }

        Assert.Single(run.Threats);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwx.com", false)]
    [InlineData("abcdefghijklmnopqrstuvwxy.com", true)]
    [InlineData("a.abcdefghijklmnopqrstuvwxy.com", true)]
    [InlineData("abcdefghijkl-mnopqrstuvwxyz.com", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz.blogspot.com", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz.local", false)]
    public void Length_of_the_longest_label_decides(string name, bool isTold) =>
        Assert.Equal(isTold, new HeuristicRun().Query(name).Threats.Count == 1);

    [Fact]
    public void Answers_that_lead_to_sinkholes_and_parking_sites_are_told_whichever_record_holds_the_address()
    {
        FakeTrailIndex index = new FakeTrailIndex()
            .Add(TrailKind.Address, "192.0.2.66", "sinkhole testsink (malware)")
            .Add(TrailKind.Address, "192.0.2.77", "parking site (suspicious)")
            .Whitelist("good.com");
        HeuristicRun run = new HeuristicRun(index)
            .Answer("sinkholed.com", 0, addresses: ["192.0.2.1", "192.0.2.66"])
            .Answer("www.parked.com", 0, addresses: ["192.0.2.77"])
            .Answer("www.good.com", 0, addresses: ["192.0.2.66", "192.0.2.77"]);
        Assert.Equal(["sinkholed by testsink (malware)", "parked site (suspicious)"], run.Infos);
        Assert.Equal(["(sinkholed).com", "(www.parked).com"], run.Threats.ConvertAll(threat => threat.Trail));
        Assert.Equal([Severity.High, Severity.Medium], run.Threats.ConvertAll(threat => threat.Severity));
    }

    [Fact]
    public void Damaged_messages_are_read_without_harm() =>
        Gen.Byte.Array[0, 80].Sample(message =>
        {
            var run = new HeuristicRun();
            run.Give(new DnsRecord
            {
                Flow = Matching.TestFlow.Udp(HeuristicRun.Client, HeuristicRun.Server),
                At = Matching.TestFlow.At,
                Direction = Direction.FromResponder,
                Message = message,
                Variant = DnsVariant.Dns,
            });
        });

    private static HeuristicRun MissAgainAndAgain(HeuristicRun run, string name)
    {
        for (int i = 0; i < 30; i++)
        {
            run.Answer(name, NxDomain, second: 31);
        }

        return run;
    }
}
