using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Quic;

/// <summary>Checks the tag of Retry packets, whose key everyone knows (RFC 9001 section 5.8, RFC 9369 section 3.3.3).</summary>
internal static class RetryIntegrity
{
    private const uint Draft25 = 0xFF00_0019;
    private const uint Draft29 = 0xFF00_001D;
    private const uint Draft33 = 0xFF00_0021;
    private const uint LastDraft = 0xFF00_0022;

    private static ReadOnlySpan<byte> Key1 =>
        [0xBE, 0x0C, 0x69, 0x0B, 0x9F, 0x66, 0x57, 0x5A, 0x1D, 0x76, 0x6B, 0x54, 0xE3, 0x68, 0xC8, 0x4E];

    private static ReadOnlySpan<byte> Nonce1 => [0x46, 0x15, 0x99, 0xD3, 0x5D, 0x63, 0x2B, 0xF2, 0x23, 0x98, 0x25, 0xBB];

    private static ReadOnlySpan<byte> Key2 =>
        [0x8F, 0xB4, 0xB0, 0x1B, 0x56, 0xAC, 0x48, 0xE2, 0x60, 0xFB, 0xCB, 0xCE, 0xAD, 0x7C, 0xCC, 0x92];

    private static ReadOnlySpan<byte> Nonce2 => [0xD8, 0x69, 0x69, 0xBC, 0x2D, 0x7C, 0x6D, 0x99, 0x90, 0xEF, 0xB0, 0x4A];

    private static ReadOnlySpan<byte> KeyDraft29 =>
        [0xCC, 0xCE, 0x18, 0x7E, 0xD0, 0x9A, 0x09, 0xD0, 0x57, 0x28, 0x15, 0x5A, 0x6C, 0xB9, 0x6B, 0xE1];

    private static ReadOnlySpan<byte> NonceDraft29 => [0xE5, 0x49, 0x30, 0xF9, 0x7F, 0x21, 0x36, 0xF0, 0x53, 0x0A, 0x8C, 0x1C];

    private static ReadOnlySpan<byte> KeyDraft25 =>
        [0x4D, 0x32, 0xEC, 0xDB, 0x2A, 0x21, 0x33, 0xC8, 0x41, 0xE4, 0x04, 0x3D, 0xF2, 0x7D, 0x44, 0x30];

    private static ReadOnlySpan<byte> NonceDraft25 => [0x4D, 0x16, 0x11, 0xD0, 0x55, 0x13, 0xA5, 0x52, 0xC5, 0x87, 0xD5, 0x75];

    /// <summary>Checks a Retry.</summary>
    /// <param name="retry">The packet.</param>
    /// <param name="originalId">Destination connection id of the client's first packet; null when that was not captured.</param>
    /// <returns>Null when it cannot be checked.</returns>
    public static bool? Check(in QuicPacket retry, byte[]? originalId)
    {
        if (originalId is null || retry.Bytes.Length <= AesGcmCipher.TagLength || !TryFind(retry.Version.Number, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> nonce))
        {
            return null;
        }

        // The tag covers the client's id, its length before it, and the packet.
        byte[] covered = [(byte)originalId.Length, .. originalId, .. retry.Bytes[..^AesGcmCipher.TagLength]];
        return new AesGcmCipher(key).TryOpen(nonce, retry.Bytes[^AesGcmCipher.TagLength..], covered, []);
    }

    private static bool TryFind(uint version, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> nonce)
    {
        switch (version)
        {
            case 0x0000_0001 or (>= Draft33 and <= LastDraft):
                key = Key1;
                nonce = Nonce1;
                return true;

            case 0x6B33_43CF:
                key = Key2;
                nonce = Nonce2;
                return true;

            case >= Draft29 and < Draft33:
                key = KeyDraft29;
                nonce = NonceDraft29;
                return true;

            case >= Draft25 and < Draft29:
                key = KeyDraft25;
                nonce = NonceDraft25;
                return true;

            default:
                key = default;
                nonce = default;
                return false;
        }
    }
}
