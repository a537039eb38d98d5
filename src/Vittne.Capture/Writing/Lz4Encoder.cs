using System.Buffers.Binary;

namespace Vittne.Capture.Writing;

/// <summary>Encodes LZ4 blocks (lz4_Block_format.md): greedy, one candidate per place, fast rather than small.</summary>
internal sealed class Lz4Encoder
{
    private const int MinMatchLength = 4;

    /// <summary>The last match begins at least so many bytes before the end of the block.</summary>
    private const int LastMatchDistance = 12;

    /// <summary>The last bytes of a block are literals.</summary>
    private const int LastLiterals = 5;

    private const int MaxOffset = ushort.MaxValue;
    private const int LongLength = 15;
    private const int HashBits = 14;
    private const uint HashFactor = 2_654_435_761;

    private readonly int[] _places = new int[1 << HashBits];

    /// <summary>Bytes that an encoded block may have at most.</summary>
    public static int MaxLength(int length) => length + (length / 255) + 16;

    /// <summary>Encodes a block; returns the bytes used of <paramref name="to"/>, which has <see cref="MaxLength"/> of them.</summary>
    public int Encode(ReadOnlySpan<byte> block, Span<byte> to)
    {
        Array.Clear(_places);
        int written = 0;
        int anchor = 0;
        int at = 1;
        int lastStart = block.Length - LastMatchDistance;
        while (at <= lastStart)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(block[at..]);
            ref int place = ref _places[(int)((word * HashFactor) >> (32 - HashBits))];
            int candidate = place;
            place = at;
            if (at - candidate > MaxOffset || BinaryPrimitives.ReadUInt32LittleEndian(block[candidate..]) != word)
            {
                // Steps grow in data that do not repeat.
                at += 1 + ((at - anchor) >> 6);
                continue;
            }

            int room = block.Length - LastLiterals - at;
            int length = MinMatchLength + block.Slice(at + MinMatchLength, room - MinMatchLength)
                .CommonPrefixLength(block.Slice(candidate + MinMatchLength, room - MinMatchLength));
            written = Sequence(block[anchor..at], at - candidate, length, to, written);
            at += length;
            anchor = at;
        }

        return Literals(block[anchor..], matchLength: 0, to, written);
    }

    private static int Sequence(ReadOnlySpan<byte> literals, int offset, int length, Span<byte> to, int at)
    {
        at = Literals(literals, length - MinMatchLength, to, at);
        BinaryPrimitives.WriteUInt16LittleEndian(to[at..], (ushort)offset);
        return Rest(length - MinMatchLength, to, at + 2);
    }

    private static int Literals(ReadOnlySpan<byte> literals, int matchLength, Span<byte> to, int at)
    {
        to[at++] = (byte)((Math.Min(literals.Length, LongLength) << 4) | Math.Min(matchLength, LongLength));
        at = Rest(literals.Length, to, at);
        literals.CopyTo(to[at..]);
        return at + literals.Length;
    }

    private static int Rest(int length, Span<byte> to, int at)
    {
        if (length >= LongLength)
        {
            int rest = length - LongLength;
            for (; rest >= 255; rest -= 255)
            {
                to[at++] = 255;
            }

            to[at++] = (byte)rest;
        }

        return at;
    }
}
