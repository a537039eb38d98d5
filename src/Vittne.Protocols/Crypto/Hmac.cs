namespace Vittne.Protocols.Crypto;

/// <summary>HMAC (RFC 2104).</summary>
internal static class Hmac
{
    /// <summary>Length of the longest code in bytes.</summary>
    public const int MaxLength = Sha384.Length;

    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    /// <summary>Length of a code in bytes.</summary>
    public static int LengthOf(HmacKind kind) => kind switch
    {
        HmacKind.Sha256 => Sha256.Length,
        HmacKind.Sha384 => Sha384.Length,
        HmacKind.Sha1 => Sha1.Length,
        _ => Md5.Length,
    };

    /// <summary>Computes a code.</summary>
    /// <param name="kind">The hash function.</param>
    /// <param name="key">At most 64 bytes.</param>
    /// <param name="message">The message, of any length.</param>
    /// <param name="code">Takes <see cref="LengthOf"/> bytes; may overlap with the message.</param>
    public static void Compute(HmacKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code)
    {
        switch (kind)
        {
            case HmacKind.Sha256:
                Compute<Sha256>(key, message, code);
                break;

            case HmacKind.Sha384:
                ComputeSha384(key, message, code);
                break;

            case HmacKind.Sha1:
                Compute<Sha1>(key, message, code);
                break;

            default:
                Compute<Md5>(key, message, code);
                break;
        }
    }

    private static void Compute<THash>(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code)
        where THash : IBlockHash
    {
        Span<byte> block = stackalloc byte[BlockHash.BlockLength];
        Span<uint> state = stackalloc uint[THash.Start.Length];
        Span<byte> inner = stackalloc byte[MaxLength];
        inner = inner[..(state.Length * sizeof(uint))];

        // The padded key is one block before the message: nothing has to be put together.
        Pad(key, InnerPad, block);
        THash.Start.CopyTo(state);
        THash.Compress(state, block);
        BlockHash.Finish<THash>(state, BlockHash.Absorb<THash>(state, message), (ulong)(block.Length + message.Length), inner);
        Pad(key, OuterPad, block);
        THash.Start.CopyTo(state);
        THash.Compress(state, block);
        BlockHash.Finish<THash>(state, inner, (ulong)(block.Length + inner.Length), code);
    }

    private static void ComputeSha384(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code)
    {
        Span<byte> block = stackalloc byte[Sha384.BlockLength];
        Span<ulong> state = stackalloc ulong[Sha384.StateLength];
        Span<byte> inner = stackalloc byte[Sha384.Length];
        Pad(key, InnerPad, block);
        Sha384.Start.CopyTo(state);
        Sha384.Compress(state, block);
        Sha384.Finish(state, Sha384.Absorb(state, message), block.Length + message.Length, inner);
        Pad(key, OuterPad, block);
        Sha384.Start.CopyTo(state);
        Sha384.Compress(state, block);
        Sha384.Finish(state, inner, block.Length + inner.Length, code);
    }

    private static void Pad(ReadOnlySpan<byte> key, byte pad, Span<byte> block)
    {
        block.Fill(pad);
        for (int i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }
    }
}
