using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Flattens networks into the ranges of a <see cref="NetworkTable"/>.</summary>
internal static class NetworkTableBuilder
{
    /// <summary>Builds a table. A network's value is what look-ups give; of equal networks the last wins.</summary>
    public static BuiltSection Build(SectionId id, IEnumerable<(IpNetwork Network, int Value)> networks)
    {
        (IpNetwork Network, int Value)[] sorted = [.. networks];
        Array.Sort(sorted, static (a, b) =>
        {
            int order = (a.Network.First.High, a.Network.First.Low).CompareTo((b.Network.First.High, b.Network.First.Low));
            order = order != 0 ? order : a.Network.Bits.CompareTo(b.Network.Bits);
            return order != 0 ? order : a.Value.CompareTo(b.Value);
        });
        List<(UInt128 Start, uint Value)> v4 = Flatten(sorted, isV4: true);
        List<(UInt128 Start, uint Value)> v6 = Flatten(sorted, isV4: false);
        byte[] bytes = new byte[(2 * NetworkTable.MapLength) + (v4.Count * 8) + (v6.Count * 20)];
        foreach ((IpNetwork network, _) in sorted)
        {
            bool isV4 = network.IsV4;
            Mark(bytes.AsSpan(isV4 ? 0 : NetworkTable.MapLength, NetworkTable.MapLength), Prefix(network.First, isV4), Prefix(network.Last, isV4));
        }

        Span<byte> rest = bytes.AsSpan(2 * NetworkTable.MapLength);
        foreach ((UInt128 start, _) in v4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)start);
            rest = rest[4..];
        }

        rest = WriteValues(rest, v4);
        foreach ((UInt128 start, _) in v6)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, (ulong)(start >> 64));
            BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], (ulong)start);
            rest = rest[16..];
        }

        WriteValues(rest, v6);
        return new BuiltSection(id, bytes) { P0 = (uint)v4.Count, P1 = (uint)v6.Count };
    }

    private static List<(UInt128 Start, uint Value)> Flatten((IpNetwork Network, int Value)[] sorted, bool isV4)
    {
        var ranges = new List<(UInt128 Start, uint Value)>();
        var open = new Stack<(UInt128 Last, uint Value)>();
        UInt128 end = isV4 ? ToNumber(IpAddress.FromV4(uint.MaxValue)) : UInt128.MaxValue;
        foreach ((IpNetwork network, int value) in sorted)
        {
            if (network.IsV4 != isV4)
            {
                continue;
            }

            UInt128 first = ToNumber(network.First);
            Close(open, ranges, first, end);
            Begin(ranges, first, (uint)value + 1);
            open.Push((ToNumber(network.Last), (uint)value + 1));
        }

        Close(open, ranges, before: null, end);
        return ranges;
    }

    /// <summary>Ends the networks that lie wholly before an address; the one around each goes on.</summary>
    private static void Close(Stack<(UInt128 Last, uint Value)> open, List<(UInt128 Start, uint Value)> ranges, UInt128? before, UInt128 end)
    {
        while (open.Count > 0 && (before is null || open.Peek().Last < before))
        {
            UInt128 last = open.Pop().Last;
            if (last != end)
            {
                Begin(ranges, last + 1, open.Count > 0 ? open.Peek().Value : 0);
            }
        }
    }

    private static void Begin(List<(UInt128 Start, uint Value)> ranges, UInt128 start, uint value)
    {
        if (ranges.Count > 0 && ranges[^1].Start == start)
        {
            ranges[^1] = (start, value);
        }
        else
        {
            ranges.Add((start, value));
        }
    }

    private static Span<byte> WriteValues(Span<byte> target, List<(UInt128 Start, uint Value)> ranges)
    {
        foreach ((_, uint value) in ranges)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
            target = target[4..];
        }

        return target;
    }

    private static void Mark(Span<byte> map, uint from, uint to)
    {
        for (uint prefix = from; prefix <= to; prefix++)
        {
            map[(int)(prefix >> 3)] |= (byte)(1 << (int)(prefix & 7));
        }
    }

    private static uint Prefix(IpAddress address, bool isV4) => isV4 ? (uint)address.Low >> 16 : (uint)(address.High >> 48);

    private static UInt128 ToNumber(IpAddress address) => new(address.High, address.Low);
}
