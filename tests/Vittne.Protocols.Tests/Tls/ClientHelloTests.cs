using System.Text;
using CsCheck;
using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class ClientHelloTests
{
    private static byte[] Good => Hellos.Client(0x0303, [0x1301, 0xC02F], new Bytes()
        .Raw(Hellos.ServerName("www.example.test")).Raw(Hellos.Alpn("h2", "http/1.1")).Raw(Hellos.NumberList(0x0A, 0x1D, 0x17))
        .Raw(Hellos.NumberList(0x0D, 0x0403)).Raw(Hellos.Versions(0x0304, 0x0303)).Raw(Hellos.Extension(0xFE0D, new Bytes().U8(0))));

    [Fact]
    public void Fields_of_a_hello_are_read()
    {
        Assert.True(ClientHello.TryParse(Good, out ClientHello hello));

        Assert.Equal("www.example.test", Encoding.ASCII.GetString(hello.Sni));
        Assert.Equal(["h2", "http/1.1"], hello.Alpn.ToList());
        Assert.Equal((0x0303, 2, 0xC02F), (hello.LegacyVersion, hello.CipherSuites.Count, hello.CipherSuites[1]));
        Assert.Equal((2, 0x1D), (hello.SupportedGroups.Count, hello.SupportedGroups[0]));
        Assert.Equal(0x0403, hello.SignatureAlgorithms[0]);
        Assert.True(hello.SupportedVersions.Contains(0x0304));
        Assert.True(hello.HasEncryptedClientHello);
        Assert.False(hello.IsDamaged);
        Assert.Equal(6, hello.Extensions.Count);
    }

    [Fact]
    public void Cookie_of_DTLS_is_read()
    {
        Assert.True(ClientHello.TryParse(Hellos.Client(0xFEFD, [0xC02F], Hellos.ServerName("d.test"), cookie: "biscuit"), out ClientHello hello));

        Assert.Equal("biscuit", Encoding.ASCII.GetString(hello.Cookie));
        Assert.Equal("d.test", Encoding.ASCII.GetString(hello.Sni));
    }

    [Fact]
    public void Cut_extension_block_is_read_as_far_as_it_goes()
    {
        Bytes body = new Bytes().U16(0x0303).Repeat(1, 32).U8(0).U16(2).U16(0x1301).U8(1).U8(0)
            .U16(500).Raw(Hellos.ServerName("cut.test")).U16(0x10).U16(40).Text("h2");
        Assert.True(ClientHello.TryParse(Hellos.Message(1, body), out ClientHello hello));

        Assert.Equal("cut.test", Encoding.ASCII.GetString(hello.Sni));
        Assert.True(hello.IsDamaged);
    }

    [Fact]
    public void First_host_name_counts_and_other_name_types_do_not()
    {
        Bytes names = new Bytes().U8(7).Prefixed(16, new Bytes().Text("no")).U8(0).Prefixed(16, new Bytes().Text("yes.test"))
            .U8(0).Prefixed(16, new Bytes().Text("later.test"));
        Assert.True(ClientHello.TryParse(Hellos.Client(0x0303, [1], Hellos.Extension(0, new Bytes().Prefixed(16, names))), out ClientHello hello));

        Assert.Equal("yes.test", Encoding.ASCII.GetString(hello.Sni));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "nothing", [] },
        { "only a header", [1, 0, 0, 0] },
        { "another type", Hellos.Server(0x0303, 1, null) },
        { "longer than there is", Good[..^1] },
        { "session id beyond the end", Hellos.Message(1, new Bytes().U16(0x0303).Repeat(0, 32).U8(200)).ToArray() },
        { "no compression methods", Hellos.Message(1, new Bytes().U16(0x0303).Repeat(0, 32).U8(0).U16(2).U16(1)).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_hello_is_refused(string what, byte[] message) => Assert.False(ClientHello.TryParse(message, out _), what);

    [Fact]
    public void Any_bytes_are_read_or_refused_but_never_throw() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            ReadAll([1, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
            ReadAll(bytes);
        });

    [Theory]
    [InlineData(0x0304)]
    [InlineData(0x7F0E)]
    public void ServerHello_of_early_drafts_has_no_session_id(int version)
    {
        byte[] message = Hellos.Message(2, new Bytes().U16(version).Repeat(0x22, 32).U16(0xC02B).Prefixed(16, Hellos.Extension(0x28, new Bytes().U16(0x17)))).ToArray();

        Assert.True(ServerHello.TryParse(message, out ServerHello hello));
        Assert.Equal((0xC02B, 1, false, true), (hello.CipherSuite, hello.Extensions.Count, hello.IsDamaged, hello.IsVersion13));
    }

    [Fact]
    public void One_damaged_byte_never_throws() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte, Gen.Int[0, Good.Length]).Sample((at, value, length) =>
        {
            byte[] bytes = Good;
            bytes[at] = value;
            ReadAll(bytes);
            ReadAll(bytes.AsSpan(0, length));
        });

    private static void ReadAll(ReadOnlySpan<byte> message)
    {
        if (ClientHello.TryParse(message, out ClientHello hello))
        {
            _ = hello.Sni;
            _ = Ja3.Compute(hello);
            _ = Ja4.Compute(hello, TlsCarrier.Tls);
        }

        if (ServerHello.TryParse(message, out ServerHello server))
        {
            _ = server.Alpn;
            _ = server.IsVersion13;
            _ = Ja3s.Compute(server);
        }
    }
}
