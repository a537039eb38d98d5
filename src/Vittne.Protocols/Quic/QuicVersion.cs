using System.Globalization;

namespace Vittne.Protocols.Quic;

/// <summary>What differs between versions of QUIC in Initial packets.</summary>
internal readonly ref struct QuicVersion
{
    private const uint FirstDraft = 0xFF00_0016;
    private const uint LastDraft = 0xFF00_0022;
    private const uint Draft23 = 0xFF00_0017;
    private const uint Draft29 = 0xFF00_001D;
    private const uint Draft33 = 0xFF00_0021;

    // Numbers ?A?A?A?A are reserved so that clients can provoke a version negotiation (RFC 9000 section 15). What they send then is
    // protected like the draft that such clients were written for.
    private const uint ReservedMask = 0x0F0F_0F0F;
    private const uint Reserved = 0x0A0A_0A0A;

    /// <summary>The number in the header.</summary>
    public uint Number { get; private init; }

    /// <summary>Salt of the Initial secret (RFC 9001 section 5.2); empty when Initials are not encrypted.</summary>
    public ReadOnlySpan<byte> Salt { get; private init; }

    /// <summary>True for version 2: other labels and packet types (RFC 9369).</summary>
    public bool IsVersion2 => Number == 0x6B33_43CF;

    /// <summary>True when the handshake is that of Google's QUIC (CHLO) and not TLS.</summary>
    public bool HasGoogleHandshake => Number >> 24 == 'Q';

    /// <summary>Type of the frame that carries the handshake: CRYPTO, which Google's frames number otherwise.</summary>
    public byte CryptoFrameType => (byte)(Number >> 24 is 'Q' or 'T' ? 0x08 : 0x06);

    private static ReadOnlySpan<byte> Salt1 =>
        [0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A];

    private static ReadOnlySpan<byte> Salt2 =>
        [0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9, 0xBD, 0x2E, 0xD9];

    private static ReadOnlySpan<byte> SaltDraft29 =>
        [0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99];

    private static ReadOnlySpan<byte> SaltDraft23 =>
        [0xC3, 0xEE, 0xF7, 0x12, 0xC7, 0x2E, 0xBB, 0x5A, 0x11, 0xA7, 0xD2, 0x43, 0x2B, 0xB4, 0x63, 0x65, 0xBE, 0xF9, 0xF5, 0x02];

    private static ReadOnlySpan<byte> SaltDraft22 =>
        [0x7F, 0xBC, 0xDB, 0x0E, 0x7C, 0x66, 0xBB, 0xE9, 0x19, 0x3A, 0x96, 0xCD, 0x21, 0x51, 0x9E, 0xBD, 0x7A, 0x02, 0x64, 0x4A];

    private static ReadOnlySpan<byte> SaltQ050 =>
        [0x50, 0x45, 0x74, 0xEF, 0xD0, 0x66, 0xFE, 0x2F, 0x9D, 0x94, 0x5C, 0xFC, 0xDB, 0xD3, 0xA7, 0xF0, 0xD3, 0xB5, 0x6B, 0x45];

    private static ReadOnlySpan<byte> SaltT050 =>
        [0x7F, 0xF5, 0x79, 0xE5, 0xAC, 0xD0, 0x72, 0x91, 0x55, 0x80, 0x30, 0x4C, 0x43, 0xA2, 0x36, 0x7C, 0x60, 0x48, 0x83, 0x10];

    private static ReadOnlySpan<byte> SaltT051 =>
        [0x7A, 0x4E, 0xDE, 0xF4, 0xE7, 0xCC, 0xEE, 0x5F, 0xA4, 0x50, 0x6C, 0x19, 0x12, 0x4F, 0xC8, 0xCC, 0xDA, 0x6E, 0x03, 0x3D];

    /// <summary>Looks a version up.</summary>
    /// <returns>False when it is not known.</returns>
    public static bool TryFind(uint number, out QuicVersion version)
    {
        ReadOnlySpan<byte> salt = number switch
        {
            0x0000_0001 or (>= Draft33 and <= LastDraft) => Salt1,
            0x6B33_43CF => Salt2,
            >= Draft29 and < Draft33 => SaltDraft29,
            (>= Draft23 and < Draft29) or 0xFACE_B002 => SaltDraft23,
            FirstDraft or 0xFACE_B001 => SaltDraft22,
            0x5130_3530 => SaltQ050,
            0x5430_3530 => SaltT050,
            0x5430_3531 => SaltT051,
            _ => (number & ReservedMask) == Reserved ? SaltDraft29 : default,
        };
        version = new QuicVersion { Number = number, Salt = salt };
        return !salt.IsEmpty || IsGoogleClear(number);
    }

    /// <summary>Name of a version: <c>1</c>, <c>2</c>, <c>draft-29</c>, <c>Q043</c>; eight hex digits for others.</summary>
    public static string NameOf(uint number) => number switch
    {
        0x0000_0001 => "1",
        0x6B33_43CF => "2",
        > 0xFF00_0000 and < 0xFF00_0100 => $"draft-{(number & 0xFF).ToString(CultureInfo.InvariantCulture)}",
        _ when number >> 24 is 'Q' or 'T' && IsDigits(number) =>
            $"{(char)(number >> 24)}{(char)((number >> 16) & 0xFF)}{(char)((number >> 8) & 0xFF)}{(char)(number & 0xFF)}",
        _ => number.ToString("x8", CultureInfo.InvariantCulture),
    };

    private static bool IsDigits(uint number) =>
        ((number >> 16) & 0xFF) is >= '0' and <= '9' && ((number >> 8) & 0xFF) is >= '0' and <= '9' && (number & 0xFF) is >= '0' and <= '9';

    /// <summary>Whether the version is Q0nn below Q050: its hello is in the clear.</summary>
    public static bool IsGoogleClear(uint number)
    {
        (uint tens, uint ones) = ((number >> 8) & 0xFF, number & 0xFF);
        return number >> 16 == 0x5130 && tens is >= '0' and <= '4' && ones is >= '0' and <= '9';
    }
}
