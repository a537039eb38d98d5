using CsCheck;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class CommunityIdTests
{
    [Theory]
    [InlineData("1.2.3.4", 1122, "5.6.7.8", 3344, 6, 0, "1:wCb3OG7yAFWelaUydu0D+125CLM=")]
    [InlineData("1.2.3.4", 1122, "5.6.7.8", 3344, 6, 1, "1:HhA1B+6CoLbiKPEs5nhNYN4XWfk=")]
    [InlineData("1.2.3.4", 1122, "5.6.7.8", 3344, 17, 0, "1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg=")]
    [InlineData("1.2.3.4", 8, "5.6.7.8", 0, 1, 0, "1:crodRHL2FEsHjbv3UkRrfbs4bZ0=")]
    [InlineData("1.2.3.4", 0, "5.6.7.8", 0, 10, 0, "1:7bYuQ7nyGBIQn7uDcQ5WraAnhWI=")]
    [InlineData("192.168.133.129", 36372, "34.117.237.239", 443, 6, 0, "1:7OU+l5cEs5x+SRSynLmb3ER2xKc=")]
    [InlineData("128.232.110.120", 34855, "66.35.250.204", 80, 6, 0, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("128.232.110.120", 34855, "66.35.250.204", 80, 6, 1, "1:3V71V58M3Ksw/yuFALMcW0LAHvc=")]
    [InlineData("192.168.1.52", 54585, "8.8.8.8", 53, 17, 0, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=")]
    [InlineData("192.168.0.89", 8, "192.168.0.1", 0, 1, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    [InlineData("fe80::200:86ff:fe05:80da", 135, "fe80::260:97ff:fe07:69ea", 0, 58, 0, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY=")]
    [InlineData("192.168.170.8", 7, "192.168.170.56", 80, 132, 0, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=")]
    [InlineData("10.1.24.4", 0, "10.1.12.1", 0, 46, 0, "1:/nQI4Rh/TtY3mf0R2gJFBkVlgS4=")]
    public void Vectors_give_the_published_value(string a, ushort portA, string b, ushort portB, byte protocol, ushort seed, string expected) =>
        Assert.Equal(expected, CommunityId.Compute(Frames.Address(a), Frames.Address(b), portA, portB, protocol, seed));

    [Fact]
    public void Both_directions_have_the_same_value() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UShort, Gen.UShort).Sample((a, b, portA, portB) =>
        {
            IpAddress first = IpAddress.FromV4(a);
            IpAddress second = IpAddress.FromV4(b);
            return CommunityId.Compute(first, second, portA, portB, IpProtocol.Tcp, 0) == CommunityId.Compute(second, first, portB, portA, IpProtocol.Tcp, 0);
        });

    [Fact]
    public void Echo_reply_has_the_value_of_its_request_and_unreachable_keeps_its_sender_first()
    {
        IpAddress a = Frames.Address("192.0.2.1");
        IpAddress b = Frames.Address("198.51.100.1");
        Assert.Equal(CommunityId.Compute(a, b, 8, 0, IpProtocol.Icmp, 0), CommunityId.Compute(b, a, 0, 0, IpProtocol.Icmp, 0));
        Assert.NotEqual(CommunityId.Compute(a, b, 3, 1, IpProtocol.Icmp, 0), CommunityId.Compute(b, a, 3, 1, IpProtocol.Icmp, 0));
    }
}
