using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// The universal hash of GCM (NIST SP 800-38D section 6.4): multiplication in GF(2^128) with bits in reflected order, by carry-less
/// multiplication where the processor has it, else by a table of 16 multiples.
/// </summary>
internal sealed class GHash
{
    private const int BlockLength = 16;

    // What the four bits that leave at the right add at the left, times x^128 = 1 + x + x^2 + x^7.
    private static readonly ulong[] Reduction = MakeReduction();

    private readonly ulong[] _high = new ulong[16];
    private readonly ulong[] _low = new ulong[16];
    private readonly UInt128 _key;
    private UInt128 _state;

    /// <summary>Starts with the hash key: the encryption of the zero block.</summary>
    public GHash(ReadOnlySpan<byte> key)
    {
        _key = BinaryPrimitives.ReadUInt128BigEndian(key);
        UInt128 multiple = _key;
        for (int i = 8; i > 0; i >>= 1)
        {
            Store(i, multiple);
            multiple = (multiple >> 1) ^ ((multiple & 1) == 0 ? UInt128.Zero : (UInt128)0xE1 << 120);
        }

        for (int i = 2; i < 16; i <<= 1)
        {
            for (int k = 1; k < i; k++)
            {
                Store(i + k, new UInt128(_high[i] ^ _high[k], _low[i] ^ _low[k]));
            }
        }
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => _state = 0;

    /// <summary>Adds bytes, filled up with zeros to whole blocks.</summary>
    public void Update(ReadOnlySpan<byte> data)
    {
        while (data.Length >= BlockLength)
        {
            Add(BinaryPrimitives.ReadUInt128BigEndian(data));
            data = data[BlockLength..];
        }

        if (!data.IsEmpty)
        {
            Span<byte> last = stackalloc byte[BlockLength];
            last.Clear();
            data.CopyTo(last);
            Add(BinaryPrimitives.ReadUInt128BigEndian(last));
        }
    }

    /// <summary>Adds the lengths and gives the hash.</summary>
    public UInt128 Finish(int additionalLength, int dataLength)
    {
        Add(new UInt128((ulong)additionalLength * 8, (ulong)dataLength * 8));
        return _state;
    }

    /// <summary>Product by table, for processors without carry-less multiplication.</summary>
    internal UInt128 MultiplyPortable(UInt128 value)
    {
        (ulong high, ulong low) = (0, 0);
        for (int shift = 0; shift < 128; shift += 4)
        {
            if (shift > 0)
            {
                ulong leaving = low & 15;
                low = (low >> 4) | (high << 60);
                high = (high >> 4) ^ Reduction[leaving];
            }

            int nibble = (int)((ulong)(value >> shift) & 15);
            high ^= _high[nibble];
            low ^= _low[nibble];
        }

        return new UInt128(high, low);
    }

    /// <summary>Product by carry-less multiplication.</summary>
    internal UInt128 MultiplyCarryless(UInt128 value)
    {
        Vector128<ulong> a = Vector128.Create((ulong)value, (ulong)(value >> 64));
        Vector128<ulong> b = Vector128.Create((ulong)_key, (ulong)(_key >> 64));
        Vector128<ulong> low = Pclmulqdq.CarrylessMultiply(a, b, 0x00);
        Vector128<ulong> high = Pclmulqdq.CarrylessMultiply(a, b, 0x11);
        Vector128<ulong> middle = Pclmulqdq.CarrylessMultiply(a, b, 0x01) ^ Pclmulqdq.CarrylessMultiply(a, b, 0x10);
        var product0 = new UInt128(low[1] ^ middle[0], low[0]);
        var product1 = new UInt128(high[1], high[0] ^ middle[1]);

        // Reflected bits: the product of 255 bits stands one place too far right.
        product1 = (product1 << 1) | (product0 >> 127);
        product0 <<= 1;
        UInt128 folded = product0 ^ (product0 << 127) ^ (product0 << 126) ^ (product0 << 121);
        return product1 ^ folded ^ (folded >> 1) ^ (folded >> 2) ^ (folded >> 7);
    }

    private static ulong[] MakeReduction()
    {
        ulong[] table = new ulong[16];
        for (int bits = 0; bits < table.Length; bits++)
        {
            ulong value = (ulong)bits;
            ulong carried = 0;
            for (int i = 0; i < 4; i++)
            {
                carried = (carried >> 1) ^ ((value & 1) == 0 ? 0 : 0xE1UL << 56);
                value >>= 1;
            }

            table[bits] = carried;
        }

        return table;
    }

    private void Add(UInt128 block)
    {
        UInt128 value = _state ^ block;
        _state = Pclmulqdq.IsSupported ? MultiplyCarryless(value) : MultiplyPortable(value);
    }

    private void Store(int index, UInt128 value)
    {
        _high[index] = (ulong)(value >> 64);
        _low[index] = (ulong)value;
    }
}
