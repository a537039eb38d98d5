using Vittne.Packets;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class AddressTrailMatcherTests
{
    private const string Client = "10.0.0.66";
    private const string Bad = "66.66.66.66";

    [Fact]
    public void Destination_address_is_told_with_sender_and_receiver()
    {
        ThreatRecord find = Assert.Single(Tell(Trails().Add(TrailKind.Address, Bad), TestFlow.Tcp(Client, Bad)));

        Assert.Equal((EventType.Ip, Bad, Bad, "ip.dst"), (find.Type, find.Trail, find.Indicator, find.Source));
        Assert.Equal("malware (test)", find.Info);
        Assert.Equal(Direction.FromOriginator, find.Direction);
    }

    [Fact]
    public void Endpoint_of_the_destination_goes_before_its_address()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad).Add(TrailKind.Endpoint, Bad + ":443");

        Assert.Equal(["IPORT 66.66.66.66:443"], Tell(trails, TestFlow.Tcp(Client, Bad)).Texts);
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Tcp(Client, Bad, destinationPort: 80)).Texts);
    }

    [Fact]
    public void Endpoint_of_IPv6_stands_in_brackets()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Endpoint, "[dead::beef]:443");

        Assert.Equal(["IPORT [dead::beef]:443"], Tell(trails, TestFlow.Tcp("dead::1", "dead::beef")).Texts);
    }

    [Fact]
    public void Destination_goes_before_source_and_gives_one_event()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad).Add(TrailKind.Endpoint, "7.7.7.7:50000", "phishing");

        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Tcp("7.7.7.7", Bad)).Texts);
        Assert.Equal(["IPORT 7.7.7.7:50000"], Tell(trails, TestFlow.Tcp("7.7.7.7", Client)).Texts);
    }

    [Fact]
    public void Source_does_not_count_when_the_destination_is_localhost()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, "7.7.7.7", "phishing");

        Assert.Empty(Tell(trails, TestFlow.Tcp("7.7.7.7", "127.0.0.1")));
        Assert.Equal(["IP 7.7.7.7"], Tell(trails, TestFlow.Tcp("7.7.7.7", "127.0.0.2")).Texts);
    }

    [Fact]
    public void Attacker_as_destination_is_silent_over_TCP_only()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad, "known attacker");

        Assert.Empty(Tell(trails, TestFlow.Tcp(Client, Bad)));
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Udp(Client, Bad, destinationPort: 123)).Texts);
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Of(IpProtocol.Icmp, Client, Bad, 8)).Texts);
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Tcp(Bad, Client)).Texts);
    }

    [Fact]
    public void Malware_as_source_is_backscatter_over_TCP_and_UDP()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad);

        Assert.Empty(Tell(trails, TestFlow.Tcp(Bad, Client)));
        Assert.Empty(Tell(trails, TestFlow.Udp(Bad, Client, destinationPort: 4444)));
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Of(IpProtocol.Icmp, Bad, Client, 8)).Texts);
        Assert.Equal(["IP 66.66.66.66"], Tell(trails, TestFlow.Of(IpProtocol.Sctp, Bad, Client, 1, 2)).Texts);
    }

    [Fact]
    public void Malware_as_UDP_destination_is_told() =>
        Assert.Equal(["IP 66.66.66.66"], Tell(Trails().Add(TrailKind.Address, Bad), TestFlow.Udp(Client, Bad, destinationPort: 4444)).Texts);

    [Fact]
    public void Parking_site_counts_on_the_web_ports_only()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad, "parking site (suspicious)");

        Assert.Empty(Tell(trails, TestFlow.Tcp(Client, Bad, destinationPort: 22)));
        Assert.Single(Tell(trails, TestFlow.Tcp(Client, Bad, destinationPort: 80)));
        Assert.Single(Tell(trails, TestFlow.Tcp(Client, Bad, destinationPort: 443)));
        Assert.Single(Tell(trails, TestFlow.Udp(Client, Bad, destinationPort: 22)));
    }

    [Fact]
    public void Whitelisted_side_silences_the_packet()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad).Whitelist(Client);

        Assert.Empty(Tell(trails, TestFlow.Tcp(Client, Bad)));
    }

    [Fact]
    public void Silenced_endpoint_does_not_fall_back_to_the_source()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Endpoint, Bad + ":443", "known attacker").Add(TrailKind.Address, "7.7.7.7", "phishing");

        Assert.Empty(Tell(trails, TestFlow.Tcp("7.7.7.7", Bad)));
    }

    [Fact]
    public void Network_tells_the_address_and_names_itself_as_indicator()
    {
        ThreatRecord find = Assert.Single(Tell(Trails().Add(TrailKind.Network, "66.66.0.0/16", "mass scanner"), TestFlow.Tcp(Client, Bad)));

        Assert.Equal((EventType.Ip, Bad, "66.66.0.0/16"), (find.Type, find.Trail, find.Indicator));
    }

    [Fact]
    public void Network_of_the_destination_gives_way_to_an_exact_source()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Network, "66.66.0.0/16", "mass scanner").Add(TrailKind.Address, "7.7.7.7", "phishing");

        Assert.Equal(["IP 7.7.7.7"], Tell(trails, TestFlow.Tcp("7.7.7.7", Bad)).Texts);
        Assert.Equal(["IP 66.66.66.66"], Tell(trails.Add(TrailKind.Network, "8.8.8.0/24"), TestFlow.Tcp("8.8.8.8", Bad)).Texts);
    }

    [Fact]
    public void Answer_swaps_sender_and_receiver()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad, "phishing");

        ThreatRecord find = Assert.Single(Tell(trails, TestFlow.Udp(Client, Bad, destinationPort: 123), Direction.FromResponder));

        Assert.Equal(("ip.src", Direction.FromResponder), (find.Source, find.Direction));
    }

    [Fact]
    public void Destination_of_a_DNS_query_is_left_to_the_name()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Address, Bad).Add(TrailKind.Address, "7.7.7.7");
        var matcher = new AddressTrailMatcher(trails);
        var findings = new FindingList();

        matcher.Tell(TestFlow.Udp(Client, Bad), TestFlow.At, Direction.FromOriginator, null, destinationIsToldByName: true, findings);
        Assert.Empty(findings);

        matcher.Tell(TestFlow.Udp("7.7.7.7", "8.8.8.8"), TestFlow.At, Direction.FromOriginator, null, destinationIsToldByName: true, findings);
        Assert.Equal(["IP 7.7.7.7"], findings.Texts);
    }

    [Fact]
    public void Outer_layer_of_a_tunnel_is_told_with_its_own_addresses()
    {
        var outer = new TunnelLayer(
            "vxlan", FakeTrailIndex.Address("192.0.2.1"), FakeTrailIndex.Address(Bad), 40_000, 4789, IpProtocol.Udp, Id: 7);
        var matcher = new AddressTrailMatcher(Trails().Add(TrailKind.Endpoint, Bad + ":4789"));
        var findings = new FindingList();

        Assert.True(matcher.Matches(outer));
        matcher.Tell(TestFlow.Tcp(Client, "8.8.8.8"), TestFlow.At, Direction.FromOriginator, outer, destinationIsToldByName: false, findings);

        Assert.Equal(["IPORT 66.66.66.66:4789"], findings.Texts);
        Assert.Equal(outer, findings[0].OuterLayer);
    }

    [Fact]
    public void Ports_of_a_protocol_without_ports_are_no_endpoint()
    {
        FakeTrailIndex trails = Trails().Add(TrailKind.Endpoint, Bad + ":0");

        Assert.Empty(Tell(trails, TestFlow.Of(IpProtocol.Icmp, Client, Bad, 8)));
    }

    [Theory]
    [InlineData(Bad, true)]
    [InlineData("10.0.0.66:50000", true)]
    [InlineData("66.66.66.66:443", true)]
    [InlineData("66.66.66.66:80", false)]
    public void Cheap_check_sees_addresses_and_endpoints_of_both_sides(string indicator, bool expected)
    {
        TrailKind kind = indicator.Contains(':', StringComparison.Ordinal) ? TrailKind.Endpoint : TrailKind.Address;
        var packet = new DecodedPacket
        {
            Source = FakeTrailIndex.Address(Client),
            Destination = FakeTrailIndex.Address(Bad),
            SourcePort = 50_000,
            DestinationPort = 443,
            Flags = DecodedFlags.HasIp | DecodedFlags.HasPorts,
        };

        Assert.Equal(expected, new AddressTrailMatcher(Trails().Add(kind, indicator)).Matches(packet));
        packet.Flags = DecodedFlags.None;
        Assert.False(new AddressTrailMatcher(Trails().Add(kind, indicator)).Matches(packet));
    }

    private static FakeTrailIndex Trails() => new();

    private static FindingList Tell(FakeTrailIndex trails, FlowIdentity flow, Direction direction = Direction.FromOriginator)
    {
        var findings = new FindingList();
        new AddressTrailMatcher(trails).Tell(flow, TestFlow.At, direction, null, destinationIsToldByName: false, findings);
        return findings;
    }
}
