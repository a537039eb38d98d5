using System.Buffers.Binary;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// Padding and blocks around a compression function (Merkle and Damgard). The program has its own digests because those of the
/// platform load OpenSSL at run time: a lone binary must work where there is none.
/// </summary>
internal static class BlockHash
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = 64;

    private const int CountLength = 8;

    /// <summary>Writes the digest of <paramref name="data"/>; <paramref name="digest"/> is as long as the digest.</summary>
    public static void Hash<THash>(ReadOnlySpan<byte> data, Span<byte> digest)
        where THash : IBlockHash
    {
        Span<uint> state = stackalloc uint[THash.Start.Length];
        THash.Start.CopyTo(state);
        Finish<THash>(state, Absorb<THash>(state, data), (ulong)data.Length, digest);
    }

    /// <summary>Mixes all whole blocks into the state and returns what is left.</summary>
    public static ReadOnlySpan<byte> Absorb<THash>(Span<uint> state, ReadOnlySpan<byte> data)
        where THash : IBlockHash
    {
        while (data.Length >= BlockLength)
        {
            THash.Compress(state, data[..BlockLength]);
            data = data[BlockLength..];
        }

        return data;
    }

    /// <summary>Mixes the last bytes, fewer than a block, and the padding into the state and writes the digest.</summary>
    public static void Finish<THash>(Span<uint> state, ReadOnlySpan<byte> data, ulong length, Span<byte> digest)
        where THash : IBlockHash
    {
        ulong lengthBits = length * 8;
        Span<byte> tail = stackalloc byte[2 * BlockLength];
        tail.Clear();
        data.CopyTo(tail);
        tail[data.Length] = 0x80;
        tail = tail[..(data.Length < BlockLength - CountLength ? BlockLength : 2 * BlockLength)];
        if (THash.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(tail[^CountLength..], lengthBits);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(tail[^CountLength..], lengthBits);
        }

        for (; !tail.IsEmpty; tail = tail[BlockLength..])
        {
            THash.Compress(state, tail[..BlockLength]);
        }

        for (int i = 0; i < state.Length; i++)
        {
            Span<byte> word = digest.Slice(i * sizeof(uint), sizeof(uint));
            if (THash.IsBigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(word, state[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(word, state[i]);
            }
        }
    }
}
