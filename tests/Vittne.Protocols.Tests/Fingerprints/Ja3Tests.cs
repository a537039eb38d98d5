using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Fingerprints;

public sealed class Ja3Tests
{
    [Fact]
    public void Lists_are_decimal_and_without_grease()
    {
        Bytes extensions = new Bytes().Raw(Hellos.Extension(0x2A2A, new Bytes())).Raw(Hellos.ServerName("a.test"))
            .Raw(Hellos.NumberList(0x0A, 0x3A3A, 0x001D, 0x0017)).Raw(Hellos.Extension(0x0B, new Bytes().U8(2).U8(0).U8(1)));
        Assert.True(ClientHello.TryParse(Hellos.Client(0x0303, [0x0A0A, 0x1301, 0xC02F], extensions), out ClientHello hello));

        (string hash, string full) = Ja3.Compute(hello);

        Assert.Equal("771,4865-49199,0-10-11,29-23,0-1", full);
        Assert.Equal(32, hash.Length);
    }

    [Fact]
    public void Published_example_comes_out()
    {
        // The example of the method's description: no extensions, so three empty lists.
        Assert.True(ClientHello.TryParse(Hellos.Client(0x0301, [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99], null), out ClientHello hello));

        Assert.Equal(("de350869b8c85de67a350c8d186f11e6", "769,4-5-10-9-100-98-3-6-19-18-99,,,"), Ja3.Compute(hello));
    }

    [Fact]
    public void Server_fingerprint_has_version_cipher_and_extensions()
    {
        Assert.True(ServerHello.TryParse(Hellos.Server(0x0303, 0xC02F, new Bytes().Raw(Hellos.Extension(0xFF01, new Bytes().U8(0))).Raw(Hellos.Alpn("h2"))), out ServerHello hello));

        Assert.Equal("771,49199,65281-16", Ja3s.Compute(hello).Full);
    }
}
