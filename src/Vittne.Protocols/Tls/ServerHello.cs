using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>
/// A ServerHello or HelloRetryRequest as views into its message (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3). The shorter form of
/// TLS 1.3 drafts before 22 and the HelloRetryRequest of its own type of those drafts are read too.
/// </summary>
public readonly ref struct ServerHello
{
    private const byte MessageType = 2;
    private const byte DraftRetryType = 6;
    private const int RandomLength = 32;
    private const ushort EarlyDraft = 0x0304;
    private const ushort FirstDraft = 0x7F01;
    private const ushort LastShortDraft = 0x7F15;
    private const ushort FirstDraftWithRetryCipher = 0x7F13;

    // SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3).
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>The version field of the message itself; TLS 1.3 says 0303 here.</summary>
    public ushort LegacyVersion { get; private init; }

    /// <summary>32 bytes; empty in a HelloRetryRequest of a draft.</summary>
    public ReadOnlySpan<byte> Random { get; private init; }

    /// <summary>TLS up to 1.2: the session; 1.3: what the client sent.</summary>
    public ReadOnlySpan<byte> SessionId { get; private init; }

    /// <summary>The cipher suite chosen.</summary>
    public ushort CipherSuite { get; private init; }

    /// <summary>Extensions in the order sent; as far as they go when the block is cut.</summary>
    public TlsExtensionList Extensions { get; private init; }

    /// <summary>True for a HelloRetryRequest: the client sends a second ClientHello.</summary>
    public bool IsHelloRetryRequest { get; private init; }

    /// <summary>True when the extension block or one of its elements has a wrong length.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>The version negotiated: supported_versions when it is there, else the version field.</summary>
    public ushort Version =>
        Extensions.TryFind(ExtensionType.SupportedVersions, out ReadOnlySpan<byte> body) && body.Length == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16BigEndian(body)
            : LegacyVersion;

    /// <summary>True when nothing that follows is in the clear: TLS 1.3 and its drafts, DTLS 1.3.</summary>
    public bool IsVersion13 => Version is 0x0304 or 0xFEFC || Version >> 8 == 0x7F;

    /// <summary>The application protocol chosen; empty when it is not told in the clear.</summary>
    public ReadOnlySpan<byte> Alpn =>
        Extensions.TryFind(ExtensionType.ApplicationLayerProtocolNegotiation, out ReadOnlySpan<byte> body)
            ? new NameList(HelloReader.WholeVector16(body)).First
            : default;

    /// <summary>Reads a ServerHello or HelloRetryRequest.</summary>
    /// <param name="message">The message from its type byte on.</param>
    /// <param name="hello">The views, valid as long as <paramref name="message"/> is.</param>
    /// <returns>False when it is none, or is cut before its extensions.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, out ServerHello hello)
    {
        hello = default;
        if (!HelloReader.TryTakeBody(message, out byte type, out ReadOnlySpan<byte> body) || type is not (MessageType or DraftRetryType))
        {
            return false;
        }

        var reader = new WireReader(body);
        if (!reader.TryReadUInt16(out ushort version))
        {
            return false;
        }

        // Drafts up to 14 put the number of the final version here; since then it is 0303.
        bool isShort = version is (>= FirstDraft and <= LastShortDraft) or EarlyDraft;
        ReadOnlySpan<byte> random = default;
        ReadOnlySpan<byte> sessionId = default;
        ushort cipher = 0;
        if (type == MessageType)
        {
            if (!reader.TryTake(RandomLength, out random) || (!isShort && !HelloReader.TryTakeVector8(ref reader, out sessionId))
                || !reader.TryReadUInt16(out cipher) || (!isShort && !reader.TryReadUInt8(out _)))
            {
                return false;
            }
        }
        else if (version >= FirstDraftWithRetryCipher && !reader.TryReadUInt16(out cipher))
        {
            return false;
        }

        var extensions = new TlsExtensionList(HelloReader.TakeExtensions(ref reader, out bool isDamaged));
        hello = new ServerHello
        {
            LegacyVersion = version,
            Random = random,
            SessionId = sessionId,
            CipherSuite = cipher,
            Extensions = extensions,
            IsHelloRetryRequest = type == DraftRetryType || random.SequenceEqual(RetryRandom),
            IsDamaged = isDamaged || extensions.IsDamaged,
        };
        return true;
    }
}
