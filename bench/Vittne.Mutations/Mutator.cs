using System.Buffers.Binary;

namespace Vittne.Mutations;

/// <summary>Damages inputs the way attackers, full disks and bad cables do. The same seed gives the same bytes, in every run.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="protectedLength">Bytes at the front that are damaged seldom: behind a broken magic number nothing is tested.</param>
internal sealed class Mutator(int seed, int protectedLength)
{
    private const int MaxLength = 1 << 20;
    private static readonly uint[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    /// <summary>The random numbers of one mutant.</summary>
    public Random RandomOf(int number) => new(unchecked((seed * 0x01000193) ^ (number * (int)0x9E3779B1)));

    /// <summary>One mutant.</summary>
    /// <param name="original">What is damaged.</param>
    /// <param name="other">Where foreign parts come from.</param>
    /// <param name="random">The random numbers of the mutant.</param>
    public byte[] Mutate(byte[] original, byte[] other, Random random)
    {
        byte[] bytes = original.Length > MaxLength ? original[..MaxLength] : (byte[])original.Clone();
        int changes = 1 << random.Next(0, bytes.Length > 4096 ? 8 : 5);
        for (int i = 0; i < changes; i++)
        {
            bytes = bytes.Length == 0 ? Word(random) : Change(bytes, other, random);
        }

        return bytes;
    }

    private static byte[] Word(Random random) => (byte[])Dictionary.Words[random.Next(Dictionary.Words.Length)].Clone();

    private byte[] Change(byte[] bytes, byte[] other, Random random)
    {
        int first = bytes.Length > 2 * protectedLength && random.Next(8) != 0 ? protectedLength : 0;
        int at = random.Next(first, bytes.Length);
        switch (random.Next(12))
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
            case 8:
                byte[] inserted = Word(random);
                return bytes.Length > MaxLength ? bytes : [.. bytes.AsSpan(0, at), .. inserted, .. bytes.AsSpan(at)];
            case 9:
                byte[] written = Word(random);
                written.AsSpan(0, Math.Min(written.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 10:
                // A length one off is the classic.
                bytes[at] = (byte)(bytes[at] + random.Next(-2, 3));
                return bytes;
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
