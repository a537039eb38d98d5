using System.Buffers.Binary;
using System.Text;

namespace Vittne.Protocols.Crypto;

/// <summary>HKDF with SHA-256 (RFC 5869) and the labels of TLS 1.3 (RFC 8446 section 7.1), for the Initial keys of QUIC.</summary>
internal static class HkdfSha256
{
    private const int BlockLength = 64;

    // Labels, salts and connection ids that go into the keys are all shorter.
    private const int MaxMessageLength = 128;

    /// <summary>HKDF-Extract: a pseudo-random key of 32 bytes.</summary>
    public static void Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> input, Span<byte> key) => Hmac(salt, input, key);

    /// <summary>HKDF-Expand-Label with an empty context, up to 32 bytes.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="label">The label without <c>tls13 </c>.</param>
    /// <param name="output">Its length is what is asked for.</param>
    public static void ExpandLabel(ReadOnlySpan<byte> secret, string label, Span<byte> output)
    {
        Span<byte> info = stackalloc byte[MaxMessageLength];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)output.Length);
        int length = Encoding.ASCII.GetBytes("tls13 ", info[3..]);
        length += Encoding.ASCII.GetBytes(label, info[(3 + length)..]);
        info[2] = (byte)length;
        info[3 + length] = 0;
        info[4 + length] = 1;
        Span<byte> block = stackalloc byte[Sha256.Length];
        Hmac(secret, info[..(5 + length)], block);
        block[..output.Length].CopyTo(output);
    }

    /// <summary>HMAC (RFC 2104) of a short message with a key of at most 64 bytes.</summary>
    internal static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code)
    {
        Span<byte> inner = stackalloc byte[BlockLength + MaxMessageLength];
        inner = inner[..(BlockLength + message.Length)];
        Span<byte> outer = stackalloc byte[BlockLength + Sha256.Length];
        inner.Clear();
        outer.Clear();
        key.CopyTo(inner);
        key.CopyTo(outer);
        for (int i = 0; i < BlockLength; i++)
        {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5C;
        }

        message.CopyTo(inner[BlockLength..]);
        Sha256.Hash(inner, outer[BlockLength..]);
        Sha256.Hash(outer, code);
    }
}
