using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vittne.Protocols.Crypto;

/// <summary>The way back, which only cipher block chaining needs.</summary>
internal sealed partial class AesCipher
{
    private static readonly byte[] Restore = Invert();

    /// <summary>Decrypts data in cipher block chaining (NIST SP 800-38A section 6.2).</summary>
    /// <param name="vector">The initialization vector of 16 bytes.</param>
    /// <param name="data">Whole blocks.</param>
    /// <param name="plain">Takes as many bytes; does not overlap with <paramref name="data"/>.</param>
    public void DecryptChained(ReadOnlySpan<byte> vector, ReadOnlySpan<byte> data, Span<byte> plain)
    {
        for (; data.Length >= BlockLength; data = data[BlockLength..], plain = plain[BlockLength..])
        {
            Decrypt(data[..BlockLength], plain);
            for (int i = 0; i < BlockLength; i++)
            {
                plain[i] ^= vector[i];
            }

            vector = data[..BlockLength];
        }
    }

    /// <summary>Decrypts one block.</summary>
    internal void Decrypt(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (!Aes.IsSupported)
        {
            DecryptPortable(input, output);
            return;
        }

        Vector128<byte> block = Vector128.Create(input) ^ Key(_rounds);
        for (int round = _rounds - 1; round > 0; round--)
        {
            block = Aes.Decrypt(block, Aes.InverseMixColumns(Key(round)));
        }

        Aes.DecryptLast(block, Key(0)).CopyTo(output);
    }

    /// <summary>The form without instructions of its own.</summary>
    internal void DecryptPortable(ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        Span<byte> shifted = stackalloc byte[BlockLength];
        input[..BlockLength].CopyTo(block);
        AddKey(block, _rounds);
        for (int round = _rounds - 1; round >= 0; round--)
        {
            // Row r of column c went to column c - r.
            for (int i = 0; i < BlockLength; i++)
            {
                shifted[(i + ((i & 3) * 4)) & 15] = Restore[block[i]];
            }

            AddKey(shifted, round);
            if (round > 0)
            {
                UnmixColumns(shifted, block);
            }
            else
            {
                shifted.CopyTo(block);
            }
        }

        block.CopyTo(output);
    }

    // The inverse is the forward step after adding 4 times the sums of opposite rows.
    private static void UnmixColumns(Span<byte> from, Span<byte> to)
    {
        for (int column = 0; column < BlockLength; column += 4)
        {
            byte even = Double(Double((byte)(from[column] ^ from[column + 2])));
            byte odd = Double(Double((byte)(from[column + 1] ^ from[column + 3])));
            from[column] ^= even;
            from[column + 1] ^= odd;
            from[column + 2] ^= even;
            from[column + 3] ^= odd;
        }

        MixColumns(from, to);
    }

    private static byte[] Invert()
    {
        byte[] inverse = new byte[256];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[Substitute[i]] = (byte)i;
        }

        return inverse;
    }
}
