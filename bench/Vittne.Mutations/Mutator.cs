using System.Buffers.Binary;

namespace Vittne.Mutations;

/// <summary>Damages captures the way attackers, full disks and bad cables do. The same seed gives the same bytes.</summary>
/// <param name="seed">Seed of the run.</param>
internal sealed class Mutator(int seed)
{
    private const int MaxLength = 1 << 20;
    private static readonly uint[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    /// <summary>One mutant of a capture.</summary>
    public byte[] Mutate(byte[] original, byte[] other, int number)
    {
        var random = new Random(HashCode.Combine(seed, number));
        byte[] bytes = original.Length > MaxLength ? original[..MaxLength] : (byte[])original.Clone();
        int changes = 1 << random.Next(0, 8);
        for (int i = 0; i < changes && bytes.Length > 0; i++)
        {
            bytes = Change(bytes, other, random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, byte[] other, Random random)
    {
        // The file header is damaged seldom: behind a broken magic nothing is tested.
        int first = bytes.Length > 64 && random.Next(8) != 0 ? 24 : 0;
        int at = random.Next(first, bytes.Length);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2 when at + 2 <= bytes.Length:
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)Interesting[random.Next(Interesting.Length)]);
                return bytes;
            case 3 when at + 4 <= bytes.Length:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Interesting[random.Next(Interesting.Length)]);
                return bytes;
            case 4:
                return random.Next(16) == 0 ? bytes[..at] : bytes;
            case 5:
                int run = Math.Min(bytes.Length - at, random.Next(1, 64));
                random.NextBytes(bytes.AsSpan(at, run));
                return bytes;
            case 6:
                int cut = Math.Min(bytes.Length - at, random.Next(1, 32));
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + cut)];
            case 7:
                int repeat = Math.Min(bytes.Length - at, random.Next(1, 200));
                return bytes.Length > MaxLength ? bytes : [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at, repeat), .. bytes.AsSpan(at)];
            default:
                if (other.Length > 0)
                {
                    int from = random.Next(other.Length);
                    int length = Math.Min(Math.Min(other.Length - from, bytes.Length - at), random.Next(1, 1500));
                    other.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                }

                return bytes;
        }
    }
}
