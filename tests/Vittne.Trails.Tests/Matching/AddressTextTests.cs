using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("10.1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.1.1.1")]
    [InlineData("+1.2.3.4")]
    [InlineData("1.2.3.")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("unknown")]
    [InlineData(":")]
    [InlineData("")]
    public void What_is_no_whole_address_is_refused(string text) =>
        Assert.False(AddressText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void IPv4_text_is_read_back_as_it_was_written() => Gen.UInt.Sample(value =>
    {
        IpAddress address = IpAddress.FromV4(value);
        return AddressText.TryParse(Encoding.ASCII.GetBytes(address.ToString()), out IpAddress read) && read == address;
    });

    [Fact]
    public void IPv6_text_is_read_back_as_it_was_written() => Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
    {
        var address = new IpAddress(high, low);
        return AddressText.TryParse(Encoding.ASCII.GetBytes(address.ToString()), out IpAddress read) && read == address;
    });

    [Fact]
    public void Any_bytes_are_answered_without_an_exception() =>
        Gen.Byte[0, 127].Array[0, 60].Sample(bytes => AddressText.TryParse(bytes, out _) || bytes.Length >= 0);
}
