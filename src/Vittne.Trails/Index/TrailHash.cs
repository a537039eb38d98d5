using System.Buffers.Binary;
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

    /// <summary>
    /// Goes on by one label to the left: a name is hashed from its top-level label down, so that all its parents are hashed on the way.
    /// Begin with <see cref="Seed"/>.
    /// </summary>
    public static ulong Label(ulong hash, ReadOnlySpan<byte> label)
    {
        int length = label.Length;
        while (label.Length > sizeof(ulong))
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(label), WordFactor);
            label = label[sizeof(ulong)..];
        }

        ulong tail;
        if (label.Length >= sizeof(uint))
        {
            tail = BinaryPrimitives.ReadUInt32LittleEndian(label) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(label[^sizeof(uint)..]) << 32);
        }
        else if (label.Length > 0)
        {
            tail = label[0] | ((ulong)label[label.Length / 2] << 8) | ((ulong)label[^1] << 16);
        }
        else
        {
            tail = 0;
        }

        return Fold(Fold(hash ^ tail, WordFactor) + (ulong)length, EndFactor);
    }

    /// <summary>Hash of a whole name.</summary>
    public ulong Name(ReadOnlySpan<byte> name)
    {
        ulong hash = Seed;
        while (true)
        {
            int dot = name.LastIndexOf((byte)'.');
            hash = Label(hash, name[(dot + 1)..]);
            if (dot < 0)
            {
                return hash;
            }

            name = name[..dot];
        }
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
