using System.Buffers.Binary;
using System.Security.Cryptography;
using Vittne.Packets;

namespace Vittne.Protocols.Ssh;

/// <summary>
/// The server's key in its reply to the key exchange: KEXDH_REPLY and KEX_ECDH_REPLY (RFC 4253 section 8, RFC 5656 section 4) and
/// KEX_DH_GEX_REPLY (RFC 4419 section 3).
/// <code>
/// | 31 or 33 | length u32, host key: length u32, name of its type, … | the server's part of the exchange | signature |
/// </code>
/// </summary>
internal static class SshHostKey
{
    private const byte Reply = 31;
    private const byte GroupExchangeReply = 33;
    private const int MaxTypeNameLength = 64;

    /// <summary>Reads the fingerprint.</summary>
    /// <param name="payload">The message from its number on.</param>
    /// <param name="fingerprint"><c>SHA256:</c> and base64 without padding.</param>
    /// <returns>False for other messages; number 31 is also that of KEX_DH_GEX_GROUP, which begins with a number and no key.</returns>
    public static bool TryReadFingerprint(ReadOnlySpan<byte> payload, out string fingerprint)
    {
        fingerprint = "";
        var reader = new WireReader(payload);
        if (!reader.TryReadUInt8(out byte number) || number is not (Reply or GroupExchangeReply) || !TryTakeString(ref reader, out ReadOnlySpan<byte> key))
        {
            return false;
        }

        var inKey = new WireReader(key);
        if (!TryTakeString(ref inKey, out ReadOnlySpan<byte> type) || type.Length is 0 or > MaxTypeNameLength
            || type.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');
        return true;
    }

    private static bool TryTakeString(scoped ref WireReader reader, out ReadOnlySpan<byte> value)
    {
        value = default;
        return reader.TryTake(sizeof(uint), out ReadOnlySpan<byte> prefix)
            && BinaryPrimitives.ReadUInt32BigEndian(prefix) is var length && length <= int.MaxValue
            && reader.TryTake((int)length, out value);
    }
}
