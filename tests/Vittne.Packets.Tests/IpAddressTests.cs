using System.Buffers.Binary;
using System.Net;
using System.Text;
using CsCheck;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class IpAddressTests
{
    // Groups of zeros are common, so that all places of the gap come up.
    private static readonly Gen<IpAddress> V6 = Gen.OneOf<ushort>(0, 0, 1, 0xFFFF, 0x0DB8, 0xA0).Array[8].Select(groups =>
    {
        ulong high = 0;
        ulong low = 0;
        for (int i = 0; i < 4; i++)
        {
            high = (high << 16) | groups[i];
            low = (low << 16) | groups[i + 4];
        }

        return new IpAddress(high, low);
    });

    [Theory]
    [InlineData("::ffff:1.2.3.4", 0UL, 0xFFFF_0102_0304UL)]
    [InlineData("::ffff:0.0.0.0", 0UL, 0xFFFF_0000_0000UL)]
    [InlineData("::fffe:102:304", 0UL, 0xFFFE_0102_0304UL)]
    [InlineData("1::ffff:102:304", 0x0001_0000_0000_0000UL, 0xFFFF_0102_0304UL)]
    public void Mapped_addresses_end_with_an_ipv4_address(string text, ulong high, ulong low)
    {
        Assert.Equal(text, new IpAddress(high, low).ToString());
        Assert.True(IpAddress.TryParse(text.AsSpan(), out IpAddress parsed));
        Assert.Equal(new IpAddress(high, low), parsed);
    }

    [Fact]
    public void Text_is_what_the_framework_writes_and_comes_back() => Gen.OneOf(V6, Gen.UInt.Select(IpAddress.FromV4)).Sample(address =>
    {
        string text = address.ToString();
        byte[] bytes = new byte[address.IsV4 ? 4 : 16];
        address.Write(bytes);

        // The framework writes ::a.b.c.d for addresses below 2^32, which RFC 5952 does not ask for.
        if (address.IsV4 || address.High != 0)
        {
            Assert.Equal(new IPAddress(bytes).ToString(), text);
        }

        Assert.True(IpAddress.TryParse(text.AsSpan(), out IpAddress parsed));
        Assert.Equal(address, parsed);
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out parsed));
        Assert.Equal(address, parsed);
        Span<byte> utf8 = stackalloc byte[IpAddress.MaxTextLength];
        Assert.True(address.TryFormat(utf8, out int written));
        Assert.Equal(text, Encoding.ASCII.GetString(utf8[..written]));
    });

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.")]
    [InlineData("1..3.4")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("1:::2")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    public void Text_that_is_no_address_is_refused(string text)
    {
        Assert.False(IpAddress.TryParse(text.AsSpan(), out _));
        Assert.False(IpAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception() =>
        Gen.Char[".:0123456789abcdefg"].Array[0, 48].Sample(text =>
        {
            if (IpAddress.TryParse(text.AsSpan(), out IpAddress address))
            {
                Assert.True(IPAddress.TryParse(text, out IPAddress? other));
                byte[] bytes = other.MapToIPv6().GetAddressBytes();
                Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(bytes), address.High);
                Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)), address.Low);
            }
        });

    [Theory]
    [InlineData("10.1.2.3", true, false, false, false)]
    [InlineData("172.31.255.255", true, false, false, false)]
    [InlineData("172.32.0.0", false, false, false, true)]
    [InlineData("192.168.0.1", true, false, false, false)]
    [InlineData("127.9.9.9", false, true, false, false)]
    [InlineData("224.0.0.1", false, false, true, false)]
    [InlineData("100.64.0.1", false, false, false, false)]
    [InlineData("192.0.2.7", false, false, false, false)]
    [InlineData("198.19.255.255", false, false, false, false)]
    [InlineData("255.255.255.255", false, false, false, false)]
    [InlineData("8.8.8.8", false, false, false, true)]
    [InlineData("fd00::1", true, false, false, false)]
    [InlineData("::1", false, true, false, false)]
    [InlineData("ff02::1", false, false, true, false)]
    [InlineData("fe80::1", false, false, false, false)]
    [InlineData("2001:db8::1", false, false, false, false)]
    [InlineData("2a00::1", false, false, false, true)]
    public void Ranges_are_told(string text, bool isPrivate, bool isLoopback, bool isMulticast, bool isPublic)
    {
        IpAddress address = Frames.Address(text);
        Assert.Equal((isPrivate, isLoopback, isMulticast, isPublic), (address.IsPrivate, address.IsLoopback, address.IsMulticast, address.IsPublic));
    }
}
