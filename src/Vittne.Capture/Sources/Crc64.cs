namespace Vittne.Capture.Sources;

/// <summary>The CRC-64 of xz (ECMA-182 polynomial, lowest bit first), eight bytes at a time.</summary>
internal sealed class Crc64
{
    private const ulong Polynomial = 0xC96C5795D7870F42;
    private const int TableLength = 256;
    private const int Slices = 8;

    private static readonly ulong[] Tables = Build();

    private ulong _state = ulong.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public ulong Value => ~_state;

    /// <summary>Begins anew.</summary>
    public void Reset() => _state = ulong.MaxValue;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        ulong state = _state;
        ulong[] tables = Tables;
        while (data.Length >= Slices)
        {
            state ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(data);
            ulong next = 0;
            for (int i = 0; i < Slices; i++)
            {
                next ^= tables[((Slices - 1 - i) * TableLength) + (byte)(state >> (8 * i))];
            }

            state = next;
            data = data[Slices..];
        }

        foreach (byte b in data)
        {
            state = tables[(byte)(state ^ b)] ^ (state >> 8);
        }

        _state = state;
    }

    private static ulong[] Build()
    {
        ulong[] tables = new ulong[Slices * TableLength];
        for (int i = 0; i < TableLength; i++)
        {
            ulong value = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            tables[i] = value;
        }

        for (int i = TableLength; i < tables.Length; i++)
        {
            ulong before = tables[i - TableLength];
            tables[i] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}
