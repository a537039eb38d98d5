using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>
/// A ClientHello as views into its message: TLS and QUIC (RFC 8446 section 4.1.2), DTLS with its cookie (RFC 6347 section 4.2.1).
/// Nothing is allocated. Hellos in SSLv2 framing are another format and are refused (<see cref="SslV2ClientHello"/>).
/// </summary>
public readonly ref struct ClientHello
{
    private const byte MessageType = 1;
    private const int RandomLength = 32;
    private const ushort OpenSslDtls = 0x0100;

    /// <summary>The version field of the message itself; TLS 1.3 says 0303 here (RFC 8446 section 4.1.2).</summary>
    public ushort LegacyVersion { get; private init; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> Random { get; private init; }

    /// <summary>0 to 255 bytes; above 32 is not legal.</summary>
    public ReadOnlySpan<byte> SessionId { get; private init; }

    /// <summary>DTLS: the cookie; empty in a first hello and in TLS.</summary>
    public ReadOnlySpan<byte> Cookie { get; private init; }

    /// <summary>Cipher suites in the order sent, GREASE included.</summary>
    public UInt16List CipherSuites { get; private init; }

    /// <summary>Compression methods, one byte each.</summary>
    public ReadOnlySpan<byte> CompressionMethods { get; private init; }

    /// <summary>Extensions in the order sent, GREASE included; as far as they go when the block is cut.</summary>
    public TlsExtensionList Extensions { get; private init; }

    /// <summary>True when the extension block or one of its elements has a wrong length.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>True when the hello has a server_name extension.</summary>
    public bool HasServerName => Extensions.TryFind(ExtensionType.ServerName, out _);

    /// <summary>The first host name of server_name as sent (RFC 6066 section 3); empty without one. Hostile text.</summary>
    public ReadOnlySpan<byte> Sni
    {
        get
        {
            if (!Extensions.TryFind(ExtensionType.ServerName, out ReadOnlySpan<byte> body))
            {
                return default;
            }

            var names = new WireReader(HelloReader.WholeVector16(body));
            while (names.TryReadUInt8(out byte nameType) && HelloReader.TryTakeVector16(ref names, out ReadOnlySpan<byte> name))
            {
                if (nameType == 0)
                {
                    return name;
                }
            }

            return default;
        }
    }

    /// <summary>Application protocols that the client offers (RFC 7301), in its order.</summary>
    public NameList Alpn => new(Vector16(ExtensionType.ApplicationLayerProtocolNegotiation));

    /// <summary>Groups (named curves) that the client offers, GREASE included.</summary>
    public UInt16List SupportedGroups => new(Vector16(ExtensionType.SupportedGroups));

    /// <summary>Formats of elliptic curve points, one byte each.</summary>
    public ReadOnlySpan<byte> PointFormats =>
        Extensions.TryFind(ExtensionType.PointFormats, out ReadOnlySpan<byte> body) ? HelloReader.WholeVector8(body) : default;

    /// <summary>Signature algorithms of extension 000d, GREASE included.</summary>
    public UInt16List SignatureAlgorithms => new(Vector16(ExtensionType.SignatureAlgorithms));

    /// <summary>Versions of extension 002b, GREASE included; empty when the hello has none.</summary>
    public UInt16List SupportedVersions =>
        new(Extensions.TryFind(ExtensionType.SupportedVersions, out ReadOnlySpan<byte> body) ? HelloReader.WholeVector8(body) : default);

    /// <summary>True when the hello has encrypted_client_hello, real or GREASE: the two cannot be told apart.</summary>
    public bool HasEncryptedClientHello => Extensions.TryFind(ExtensionType.EncryptedClientHello, out _);

    /// <summary>True when the hello has the older encrypted_server_name.</summary>
    public bool HasEncryptedServerName => Extensions.TryFind(ExtensionType.EncryptedServerName, out _);

    /// <summary>True when the version field is one of DTLS.</summary>
    public bool IsDtls => LegacyVersion >> 8 == 0xFE || LegacyVersion == OpenSslDtls;

    /// <summary>Reads a ClientHello.</summary>
    /// <param name="message">The message from its type byte on.</param>
    /// <param name="hello">The views, valid as long as <paramref name="message"/> is.</param>
    /// <returns>False when it is none, or is cut before its extensions.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, out ClientHello hello)
    {
        hello = default;
        if (!HelloReader.TryTakeBody(message, out byte type, out ReadOnlySpan<byte> body) || type != MessageType)
        {
            return false;
        }

        var reader = new WireReader(body);
        if (!reader.TryReadUInt16(out ushort version) || !reader.TryTake(RandomLength, out ReadOnlySpan<byte> random)
            || !HelloReader.TryTakeVector8(ref reader, out ReadOnlySpan<byte> sessionId))
        {
            return false;
        }

        ReadOnlySpan<byte> cookie = default;
        bool isDtls = version >> 8 == 0xFE || version == OpenSslDtls;
        if ((isDtls && !HelloReader.TryTakeVector8(ref reader, out cookie))
            || !HelloReader.TryTakeVector16(ref reader, out ReadOnlySpan<byte> ciphers)
            || !HelloReader.TryTakeVector8(ref reader, out ReadOnlySpan<byte> compressions))
        {
            return false;
        }

        var extensions = new TlsExtensionList(HelloReader.TakeExtensions(ref reader, out bool isDamaged));
        hello = new ClientHello
        {
            LegacyVersion = version,
            Random = random,
            SessionId = sessionId,
            Cookie = cookie,
            CipherSuites = new UInt16List(ciphers),
            CompressionMethods = compressions,
            Extensions = extensions,
            IsDamaged = isDamaged || extensions.IsDamaged,
        };
        return true;
    }

    private ReadOnlySpan<byte> Vector16(ushort extension) =>
        Extensions.TryFind(extension, out ReadOnlySpan<byte> body) ? HelloReader.WholeVector16(body) : default;
}
