using System.Net;
using CsCheck;
using Vittne.Engine.Filter.Editors;

namespace Vittne.Engine.Tests.Filter;

public sealed class AddressMapTests
{
    // Key and pairs of the sample that comes with Crypto-PAn.
    private static readonly byte[] Key =
        [21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16, 216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2];

    [Theory]
    [InlineData("128.11.68.132", "135.242.180.132")]
    [InlineData("129.118.74.4", "134.136.186.123")]
    [InlineData("130.132.252.244", "133.68.164.234")]
    public void Addresses_become_those_of_the_reference(string address, string expected) => Assert.Equal(expected, Map(address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("224.0.0.251")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("ff02::fb")]
    public void Addresses_that_mean_the_same_everywhere_stay(string address) => Assert.Equal(address, Map(address));

    [Theory]
    [InlineData("fe80::211:22ff:fe33:4455", "fe80::")]
    [InlineData("ff02::1:ff33:4455", "ff02::1:ff")]
    [InlineData("169.254.7.8", "169.254.")]
    public void Link_local_ones_keep_their_network_and_lose_their_host(string address, string prefix)
    {
        string mapped = Map(address);
        Assert.StartsWith(prefix, mapped, StringComparison.Ordinal);
        Assert.NotEqual(address, mapped);
    }

    [Fact]
    public void Shared_prefixes_stay_as_long_as_they_are()
    {
        using var map = new PrefixMap(Key);
        Gen.Select(Gen.Byte.Array[16], Gen.Int[0, 127]).Sample((address, bit) =>
        {
            byte[] other = [.. address];
            other[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            map.Map(address);
            map.Map(other);
            Assert.Equal(bit, FirstDifference(address, other));
        }, threads: 1, iter: 200);
    }

    [Theory]
    [InlineData("020000000001", false)]
    [InlineData("00095b112233", true)]
    public void Hardware_addresses_keep_their_kind_and_their_maker_when_asked(string address, bool keepsOui)
    {
        using var map = new AddressMap(Key, keepsOui);
        byte[] bytes = Convert.FromHexString(address);
        byte[] mapped = [.. bytes];
        map.MapMac(mapped);

        Assert.NotEqual(bytes, mapped);
        Assert.Equal(bytes[0], mapped[0]);
        Assert.Equal(keepsOui, bytes.AsSpan(0, 3).SequenceEqual(mapped.AsSpan(0, 3)));
    }

    [Theory]
    [InlineData("ffffffffffff")]
    [InlineData("01005e0000fb")]
    [InlineData("000000000000")]
    public void Group_addresses_stay(string address)
    {
        using var map = new AddressMap(Key, keepsOui: false);
        byte[] bytes = Convert.FromHexString(address);
        map.MapMac(bytes);
        Assert.Equal(address, Convert.ToHexStringLower(bytes));
    }

    private static int FirstDifference(byte[] left, byte[] right)
    {
        for (int bit = 0; bit < left.Length * 8; bit++)
        {
            if (((left[bit / 8] ^ right[bit / 8]) & (0x80 >> (bit % 8))) != 0)
            {
                return bit;
            }
        }

        return -1;
    }

    private static string Map(string address)
    {
        using var map = new AddressMap(Key, keepsOui: false);
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        map.MapIp(bytes);
        return new IPAddress(bytes).ToString();
    }
}
