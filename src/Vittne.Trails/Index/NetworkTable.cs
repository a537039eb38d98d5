using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Trails.Index;

/// <summary>
/// The longest network that holds an address. Nested networks are flattened at build into neighbouring ranges, so that a look-up is a
/// bit for the first 16 bits of the address (most addresses end there) and then a binary search.
/// <code>bits v4 8 KiB · bits v6 8 KiB · starts v4 u32[N] · values v4 u32[N] · starts v6 2 x u64[M] · values v6 u32[M]</code>
/// A value is 0 where no network is, else its number and one.
/// </summary>
internal sealed class NetworkTable
{
    /// <summary>Bytes of a map with one bit for the first 16 bits of an address.</summary>
    public const int MapLength = 8192;

    private readonly IndexBytes _bytes;
    private readonly long _at;
    private readonly int _countV4;
    private readonly int _countV6;

    /// <summary>A table in a section: P0 ranges of IPv4, P1 ranges of IPv6.</summary>
    /// <exception cref="IndexFormatException">The numbers of the section do not fit its length.</exception>
    public NetworkTable(IndexBytes bytes, in IndexSection section, string path)
    {
        _bytes = bytes;
        _at = section.Offset;
        _countV4 = (int)section.P0;
        _countV6 = (int)section.P1;
        if (_countV4 < 0 || _countV6 < 0 || (2L * MapLength) + (_countV4 * 8L) + (_countV6 * 20L) != section.Length)
        {
            throw IndexHeader.Damaged(path);
        }
    }

    /// <summary>The value of the longest network that holds the address.</summary>
    public bool TryFind(in IpAddress address, out int value) => address.IsV4 ? TryFindV4((uint)address.Low, out value) : TryFindV6(address, out value);

    /// <summary>All addresses that a network holds, as ranges in ascending order.</summary>
    public IEnumerable<(IpAddress First, IpAddress Last)> Ranges()
    {
        long starts = _at + (2 * MapLength);
        for (int i = 0; i < _countV4; i++)
        {
            if (TryValue(starts + (_countV4 * 4L) + (i * 4L), out _))
            {
                uint first = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(starts + (i * 4L), sizeof(uint)));
                uint last = i + 1 < _countV4 ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(starts + ((i + 1) * 4L), sizeof(uint))) - 1 : uint.MaxValue;
                yield return (IpAddress.FromV4(first), IpAddress.FromV4(last));
            }
        }

        starts += _countV4 * 8L;
        for (int i = 0; i < _countV6; i++)
        {
            if (TryValue(starts + (_countV6 * 16L) + (i * 4L), out _))
            {
                UInt128 last = i + 1 < _countV6 ? StartV6(starts, i + 1) - 1 : UInt128.MaxValue;
                UInt128 first = StartV6(starts, i);
                yield return (new IpAddress((ulong)(first >> 64), (ulong)first), new IpAddress((ulong)(last >> 64), (ulong)last));
            }
        }
    }

    private UInt128 StartV6(long starts, int number)
    {
        ReadOnlySpan<byte> start = _bytes.Slice(starts + (number * 16L), 16);
        return new UInt128(BinaryPrimitives.ReadUInt64LittleEndian(start), BinaryPrimitives.ReadUInt64LittleEndian(start[8..]));
    }

    private bool TryFindV4(uint address, out int value)
    {
        value = -1;
        if (!IsMapped(_at, address >> 16))
        {
            return false;
        }

        long starts = _at + (2 * MapLength);
        int low = 0;
        int high = _countV4 - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(starts + (middle * 4L), sizeof(uint))) <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high >= 0 && TryValue(starts + (_countV4 * 4L) + (high * 4L), out value);
    }

    private bool TryFindV6(in IpAddress address, out int value)
    {
        value = -1;
        if (!IsMapped(_at + MapLength, (uint)(address.High >> 48)))
        {
            return false;
        }

        long starts = _at + (2 * MapLength) + (_countV4 * 8L);
        int low = 0;
        int high = _countV6 - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ReadOnlySpan<byte> start = _bytes.Slice(starts + (middle * 16L), 16);
            ulong startHigh = BinaryPrimitives.ReadUInt64LittleEndian(start);
            if (startHigh < address.High || (startHigh == address.High && BinaryPrimitives.ReadUInt64LittleEndian(start[8..]) <= address.Low))
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high >= 0 && TryValue(starts + (_countV6 * 16L) + (high * 4L), out value);
    }

    private bool IsMapped(long map, uint prefix) => (_bytes.Slice(map + (prefix >> 3), 1)[0] & (1 << (int)(prefix & 7))) != 0;

    private bool TryValue(long at, out int value)
    {
        value = (int)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(at, sizeof(uint))) - 1;
        return value >= 0;
    }
}
