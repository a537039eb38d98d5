using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Ssh;

/// <summary>
/// SSH_MSG_KEXINIT (RFC 4253 section 7.1) and the fingerprints HASSH and HASSHserver.
/// <code>
/// | 20 | cookie, 16 bytes | ten name-lists: length u32, names joined by commas | first_kex_packet_follows | 0 u32 |
/// </code>
/// </summary>
internal static class SshKexInit
{
    /// <summary>SSH_MSG_KEXINIT.</summary>
    public const byte MessageNumber = 20;

    private const int CookieLength = 16;
    private const int ListCount = 10;

    /// <summary>Reads the ten name-lists.</summary>
    /// <param name="payload">The message from its number on; what follows the lists is not looked at.</param>
    /// <param name="lists">The lists in the order sent, bytes as characters 0-255.</param>
    /// <returns>False when a list passes the end.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, out string[] lists)
    {
        lists = [];
        var reader = new WireReader(payload);
        if (!reader.TryReadUInt8(out byte number) || number != MessageNumber || !reader.TryTake(CookieLength, out _))
        {
            return false;
        }

        string[] read = new string[ListCount];
        for (int i = 0; i < ListCount; i++)
        {
            if (!reader.TryTake(sizeof(uint), out ReadOnlySpan<byte> prefix)
                || BinaryPrimitives.ReadUInt32BigEndian(prefix) is var length && length > int.MaxValue
                || !reader.TryTake((int)length, out ReadOnlySpan<byte> names))
            {
                return false;
            }

            read[i] = Encoding.Latin1.GetString(names);
        }

        lists = read;
        return true;
    }

    /// <summary>HASSH of a client or HASSHserver of a server: MD5 of <see cref="FingerprintText"/> in lower-case hex.</summary>
    public static string Fingerprint(IReadOnlyList<string> lists, Direction sender) => Md5Hex(FingerprintText(lists, sender));

    /// <summary>What the fingerprint is made of: the four lists that the sender of the message uses, joined by semicolons.</summary>
    public static string FingerprintText(IReadOnlyList<string> lists, Direction sender)
    {
        (SshList cipher, SshList mac, SshList compression) = sender == Direction.FromOriginator
            ? (SshList.CipherFromClient, SshList.MacFromClient, SshList.CompressionFromClient)
            : (SshList.CipherFromServer, SshList.MacFromServer, SshList.CompressionFromServer);
        return $"{lists[(int)SshList.KeyExchange]};{lists[(int)cipher]};{lists[(int)mac]};{lists[(int)compression]}";
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The published fingerprint is defined on MD5.")]
    private static string Md5Hex(string latin1) => Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(latin1)));
}
