using System.Buffers.Binary;
using System.Text;

namespace Vittne.Protocols.Crypto;

/// <summary>HKDF (RFC 5869) with the labels of TLS 1.3 (RFC 8446 section 7.1).</summary>
internal static class Hkdf
{
    private const int MaxInfoLength = 64;

    /// <summary>HKDF-Extract: a pseudo-random key as long as the hash.</summary>
    public static void Extract(HmacKind kind, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> input, Span<byte> key) => Hmac.Compute(kind, salt, input, key);

    /// <summary>HKDF-Expand-Label with an empty context.</summary>
    /// <param name="kind">The hash function.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="label">The label without <c>tls13 </c>; at most 32 letters.</param>
    /// <param name="output">Its length is what is asked for, at most that of the hash.</param>
    public static void ExpandLabel(HmacKind kind, ReadOnlySpan<byte> secret, string label, Span<byte> output)
    {
        Span<byte> info = stackalloc byte[MaxInfoLength];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)output.Length);
        int length = Encoding.ASCII.GetBytes("tls13 ", info[3..]);
        length += Encoding.ASCII.GetBytes(label, info[(3 + length)..]);
        info[2] = (byte)length;
        info[3 + length] = 0;
        info[4 + length] = 1;
        Span<byte> block = stackalloc byte[Hmac.MaxLength];
        Hmac.Compute(kind, secret, info[..(5 + length)], block);
        block[..output.Length].CopyTo(output);
    }
}
