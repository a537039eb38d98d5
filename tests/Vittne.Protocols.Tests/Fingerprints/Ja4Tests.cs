using System.Text;
using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Fingerprints;

public sealed class Ja4Tests
{
    private static readonly ushort[] Ciphers =
    [
        0x002F, 0x0035, 0x009C, 0x009D, 0x1301, 0x1302, 0x1303, 0xC013, 0xC014, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9,
    ];

    private static readonly ushort[] Algorithms = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

    [Fact]
    public void Published_example_comes_out()
    {
        Ja4Fingerprint fingerprint = Compute(Client(Algorithms));

        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", fingerprint.Value);
        Assert.Equal(
            "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_"
            + "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601",
            fingerprint.Raw);
    }

    [Fact]
    public void Without_signature_algorithms_only_extensions_are_hashed() =>
        Assert.Equal("t13d1516h2_8daaf6152771_6d807ffa2a79", Compute(Client([])).Value);

    [Fact]
    public void Hello_without_ciphers_and_extensions_has_zeros() =>
        Assert.Equal("t12i000000_000000000000_000000000000", Compute(Hellos.Client(0x0303, [], null)).Value);

    [Fact]
    public void Original_order_keeps_server_name_and_alpn()
    {
        byte[] hello = Hellos.Client(0x0303, [0x1302, 0x1301], new Bytes().Raw(Hellos.Alpn("h2")).Raw(Hellos.ServerName("a.test")));

        Ja4Fingerprint fingerprint = Compute(hello);

        Assert.Equal("t12d0202h2_1302,1301_0010,0000", fingerprint.OriginalRaw);
        Assert.EndsWith("_000000000000", fingerprint.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsCarrier.Dtls, new ushort[] { 0xFEFD, 0xFEFC }, "dd3")]
    [InlineData(TlsCarrier.Quic, new ushort[] { 0x0304 }, "q13")]
    [InlineData(TlsCarrier.Tls, new ushort[] { 0x7A7A, 0x0302, 0x0303 }, "t12")]
    [InlineData(TlsCarrier.Tls, new ushort[] { 0x0300 }, "ts3")]
    [InlineData(TlsCarrier.Tls, new ushort[] { 0x0505 }, "t00")]
    public void Version_is_the_highest_that_is_offered(TlsCarrier carrier, ushort[] versions, string expected)
    {
        Assert.True(ClientHello.TryParse(Hellos.Client(0x0303, [0x1301], Hellos.Versions(versions)), out ClientHello hello));
        Assert.StartsWith(expected, Ja4.Compute(hello, carrier).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "00")]
    [InlineData("61", "aa")]
    [InlineData("6162", "ab")]
    [InlineData("20", "20")]
    [InlineData("61626364", "ad")]
    [InlineData("2061", "21")]
    [InlineData("30ab", "3b")]
    [InlineData("6120", "60")]
    [InlineData("3031abcd", "3d")]
    [InlineData("30abcd31", "01")]
    public void Alpn_is_marked_by_its_first_and_last_byte(string hex, string expected) =>
        Assert.Equal(expected, Ja4.AlpnMark(Convert.FromHexString(hex)));

    [Fact]
    public void Grease_is_not_counted()
    {
        byte[] hello = Hellos.Client(0x0303, [0x0A0A, 0x1301], new Bytes().Raw(Hellos.Extension(0xFAFA, new Bytes())).Raw(Hellos.NumberList(0x0D, 0x1A1A, 0x0403)));

        Assert.Equal("t12i010100_1301_000d_0403", Compute(hello).Raw);
    }

    private static byte[] Client(ushort[] algorithms)
    {
        Bytes extensions = new();
        foreach (int type in new[] { 0x0005, 0x000A, 0x000B, 0x0012, 0x0015, 0x0017, 0x001B, 0x0023, 0x002D, 0x0033, 0x4469, 0xFF01 })
        {
            extensions.Raw(Hellos.Extension(type, new Bytes()));
        }

        extensions.Raw(Hellos.NumberList(0x0D, algorithms)).Raw(Hellos.Alpn("h2", "http/1.1"));
        extensions.Raw(Hellos.ServerName("example.test")).Raw(Hellos.Versions(0x0304, 0x0303));
        return Hellos.Client(0x0303, Ciphers, extensions);
    }

    private static Ja4Fingerprint Compute(byte[] message)
    {
        Assert.True(ClientHello.TryParse(message, out ClientHello hello), Encoding.Latin1.GetString(message));
        return Ja4.Compute(hello, TlsCarrier.Tls);
    }
}
