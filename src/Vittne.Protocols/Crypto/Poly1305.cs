using System.Buffers.Binary;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// The Poly1305 authenticator (RFC 8439 section 2.5) in five limbs of 26 bits, so that no product leaves 64 bits.
/// </summary>
internal ref struct Poly1305
{
    /// <summary>Length of the one-time key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of the tag and of a block.</summary>
    public const int TagLength = 16;

    private const uint LimbMask = 0x3FF_FFFF;

    private readonly ReadOnlySpan<byte> _key;
    private readonly ulong _r0, _r1, _r2, _r3, _r4;
    private ulong _h0, _h1, _h2, _h3, _h4;

    /// <summary>Starts with a one-time key of 32 bytes.</summary>
    public Poly1305(ReadOnlySpan<byte> key)
    {
        _key = key;

        // The clamping of section 2.5 is in the masks.
        _r0 = BinaryPrimitives.ReadUInt32LittleEndian(key) & 0x3FF_FFFF;
        _r1 = (BinaryPrimitives.ReadUInt32LittleEndian(key[3..]) >> 2) & 0x3FF_FF03;
        _r2 = (BinaryPrimitives.ReadUInt32LittleEndian(key[6..]) >> 4) & 0x3FF_C0FF;
        _r3 = (BinaryPrimitives.ReadUInt32LittleEndian(key[9..]) >> 6) & 0x3F0_3FFF;
        _r4 = (BinaryPrimitives.ReadUInt32LittleEndian(key[12..]) >> 8) & 0x00F_FFFF;
    }

    /// <summary>Adds bytes, filled up with zeros to whole blocks as RFC 8439 section 2.8 wants.</summary>
    public void UpdatePadded(scoped ReadOnlySpan<byte> data)
    {
        for (; data.Length >= TagLength; data = data[TagLength..])
        {
            Add(data, 1 << 24);
        }

        if (!data.IsEmpty)
        {
            Span<byte> last = stackalloc byte[TagLength];
            last.Clear();
            data.CopyTo(last);
            Add(last, 1 << 24);
        }
    }

    /// <summary>Adds the end of a message as it is and writes the tag: the plain authenticator of section 2.5.</summary>
    public void Finish(scoped ReadOnlySpan<byte> data, scoped Span<byte> tag)
    {
        int whole = data.Length & ~(TagLength - 1);
        UpdatePadded(data[..whole]);
        if (data.Length > whole)
        {
            Span<byte> last = stackalloc byte[TagLength];
            last.Clear();
            data[whole..].CopyTo(last);
            last[data.Length - whole] = 1;
            Add(last, 0);
        }

        Write(tag);
    }

    private void Add(scoped ReadOnlySpan<byte> block, uint top)
    {
        _h0 += BinaryPrimitives.ReadUInt32LittleEndian(block) & LimbMask;
        _h1 += (BinaryPrimitives.ReadUInt32LittleEndian(block[3..]) >> 2) & LimbMask;
        _h2 += (BinaryPrimitives.ReadUInt32LittleEndian(block[6..]) >> 4) & LimbMask;
        _h3 += (BinaryPrimitives.ReadUInt32LittleEndian(block[9..]) >> 6) & LimbMask;
        _h4 += (BinaryPrimitives.ReadUInt32LittleEndian(block[12..]) >> 8) | top;

        // 2^130 = 5: what leaves at the top comes in again five times.
        (ulong s1, ulong s2, ulong s3, ulong s4) = (_r1 * 5, _r2 * 5, _r3 * 5, _r4 * 5);
        ulong d0 = (_h0 * _r0) + (_h1 * s4) + (_h2 * s3) + (_h3 * s2) + (_h4 * s1);
        ulong d1 = (_h0 * _r1) + (_h1 * _r0) + (_h2 * s4) + (_h3 * s3) + (_h4 * s2);
        ulong d2 = (_h0 * _r2) + (_h1 * _r1) + (_h2 * _r0) + (_h3 * s4) + (_h4 * s3);
        ulong d3 = (_h0 * _r3) + (_h1 * _r2) + (_h2 * _r1) + (_h3 * _r0) + (_h4 * s4);
        ulong d4 = (_h0 * _r4) + (_h1 * _r3) + (_h2 * _r2) + (_h3 * _r1) + (_h4 * _r0);
        d1 += d0 >> 26;
        d2 += d1 >> 26;
        d3 += d2 >> 26;
        d4 += d3 >> 26;
        _h0 = (d0 & LimbMask) + ((d4 >> 26) * 5);
        _h1 = (d1 & LimbMask) + (_h0 >> 26);
        _h0 &= LimbMask;
        _h2 = d2 & LimbMask;
        _h3 = d3 & LimbMask;
        _h4 = d4 & LimbMask;
    }

    private void Write(scoped Span<byte> tag)
    {
        UInt128 low = _h0 + ((UInt128)_h1 << 26) + ((UInt128)_h2 << 52) + ((UInt128)_h3 << 78);

        // The value modulo 2^130 - 5, then modulo 2^128: adding 5 shows by the carry whether it reaches the modulus.
        UInt128 sum = low + ((UInt128)_h4 << 104);
        ulong top = (ulong)(_h4 >> 24) + (sum < low ? 1UL : 0);
        sum += (top >> 2) * 5;
        top = (top & 3) + (sum < (top >> 2) * 5 ? 1UL : 0);
        UInt128 reduced = sum + 5;
        if (top + (reduced < 5 ? 1UL : 0) >= 4)
        {
            sum = reduced;
        }

        BinaryPrimitives.WriteUInt128LittleEndian(tag, sum + BinaryPrimitives.ReadUInt128LittleEndian(_key[16..]));
    }
}
