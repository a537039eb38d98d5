using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class ForwardedForTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:4711, 10.0.0.1", "203.0.113.9 10.0.0.1")]
    [InlineData("unknown, 2001:DB8::1,[2001:db8::2]:80,", "2001:db8::1 2001:db8::2")]
    [InlineData("1.2.3.4, 1.2.3.4", "1.2.3.4")]
    [InlineData("", "")]
    public void List_gives_its_addresses(string value, string expected)
    {
        var addresses = new List<IpAddress>();
        ForwardedFor.AddList(Encoding.ASCII.GetBytes(value), addresses);
        Assert.Equal(expected, string.Join(' ', addresses));
    }

    [Theory]
    [InlineData("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60")]
    [InlineData("proto=https; For=\"[2001:db8:cafe::17]:4711\", for=192.0.2.43", "2001:db8:cafe::17 192.0.2.43")]
    [InlineData("for=_hidden, for=unknown", "")]
    public void Forwarded_header_gives_the_clients(string value, string expected)
    {
        var addresses = new List<IpAddress>();
        ForwardedFor.AddForwarded(Encoding.ASCII.GetBytes(value), addresses);
        Assert.Equal(expected, string.Join(' ', addresses));
    }

    [Fact]
    public void Endless_chain_is_cut()
    {
        var addresses = new List<IpAddress>();
        ForwardedFor.AddList(Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(1, 200).Select(i => $"10.0.0.{i}"))), addresses);
        Assert.Equal(ForwardedFor.MaxAddresses, addresses.Count);
    }

    [Fact]
    public void Any_bytes_are_answered_without_an_exception() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        var addresses = new List<IpAddress>();
        ForwardedFor.AddList(bytes, addresses);
        ForwardedFor.AddForwarded(bytes, addresses);
    });
}
