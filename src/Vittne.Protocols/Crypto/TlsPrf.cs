using System.Text;

namespace Vittne.Protocols.Crypto;

/// <summary>The pseudo-random function of TLS up to 1.2 (RFC 5246 section 5, RFC 2246 section 5).</summary>
internal static class TlsPrf
{
    // Label and two randoms, behind the running value.
    private const int MaxSeedLength = 96;

    /// <summary>Derives bytes as TLS 1.2 does.</summary>
    /// <param name="kind">The hash of the cipher suite.</param>
    /// <param name="secret">The secret, at most 64 bytes.</param>
    /// <param name="label">The label.</param>
    /// <param name="seed">The seed; with the label at most 96 bytes.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Derive(HmacKind kind, ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        output.Clear();
        Mix(kind, secret, label, seed, output);
    }

    /// <summary>Derives bytes as TLS 1.0 and 1.1 do: by MD5 from one half of the secret and by SHA-1 from the other.</summary>
    public static void DeriveLegacy(ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        int half = (secret.Length + 1) / 2;
        output.Clear();
        Mix(HmacKind.Md5, secret[..half], label, seed, output);
        Mix(HmacKind.Sha1, secret[^half..], label, seed, output);
    }

    private static void Mix(HmacKind kind, ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        int length = Hmac.LengthOf(kind);
        Span<byte> running = stackalloc byte[Hmac.MaxLength + MaxSeedLength];
        int labelLength = Encoding.ASCII.GetBytes(label, running[length..]);
        seed.CopyTo(running[(length + labelLength)..]);
        running = running[..(length + labelLength + seed.Length)];
        Span<byte> block = stackalloc byte[Hmac.MaxLength];
        Hmac.Compute(kind, secret, running[length..], running);
        while (!output.IsEmpty)
        {
            Hmac.Compute(kind, secret, running, block);
            int taken = Math.Min(length, output.Length);
            for (int i = 0; i < taken; i++)
            {
                output[i] ^= block[i];
            }

            output = output[taken..];
            Hmac.Compute(kind, secret, running[..length], running);
        }
    }
}
