using System.IO.Hashing;

namespace Vittne.Trails.Index;

/// <summary>
/// Hashes of keys. The seed comes from the content of the index, so that equal lists give equal bytes; a look-up of chosen names costs at
/// most the longest bucket, which the build bounds by itself.
/// </summary>
/// <param name="Seed">Seed of the index.</param>
internal readonly record struct TrailHash(ulong Seed)
{
    private const ulong WordFactor = 0x9E37_79B9_7F4A_7C15;

    private const ulong EndFactor = 0xD6E8_FEB8_6659_FD93;

    /// <summary>Hash of a number, for IPv4 keys.</summary>
    public ulong Number(ulong value) => Fold(Fold(value ^ Seed, WordFactor) ^ Seed, EndFactor);

    /// <summary>Hash of bytes.</summary>
    public ulong Bytes(ReadOnlySpan<byte> key) => XxHash3.HashToUInt64(key, (long)Seed);

    /// <summary>Hash of a name.</summary>
    public ulong Name(ReadOnlySpan<byte> name) => NameHash.Of(Seed, name);

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
