using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Vittne.Packets;

namespace Vittne.Trails.Lists;

/// <summary>Keys as bytes and as text.</summary>
internal static class KeyText
{
    /// <summary>Bytes of a network key: sixteen of address, one of prefix length.</summary>
    public const int NetworkLength = 17;

    private const int V4Length = 4;

    private const int V6Length = 16;

    /// <summary>Writes an address key: 4 bytes for IPv4, else 16; tells how many.</summary>
    public static int WriteAddress(IpAddress address, Span<byte> target)
    {
        if (address.IsV4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, (uint)address.Low);
            return V4Length;
        }

        BinaryPrimitives.WriteUInt64BigEndian(target, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], address.Low);
        return V6Length;
    }

    /// <summary>Writes a network key.</summary>
    public static void WriteNetwork(IpNetwork network, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, network.First.High);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], network.First.Low);
        target[16] = (byte)network.Bits;
    }

    /// <summary>The address in the first bytes of an address, endpoint or network key.</summary>
    public static IpAddress ReadAddress(ReadOnlySpan<byte> key) => key.Length >= V6Length
        ? new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(key[8..]))
        : key.Length >= V4Length ? IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(key)) : default;

    /// <summary>The network of a network key.</summary>
    public static IpNetwork ReadNetwork(ReadOnlySpan<byte> key) =>
        key.Length == NetworkLength ? new IpNetwork(ReadAddress(key), Math.Min((int)key[16], 128)) : default;

    /// <summary>Writes the kind in a byte and the key behind it, for tables that hold several kinds.</summary>
    public static Span<byte> WriteTyped(TrailKind kind, ReadOnlySpan<byte> key, Span<byte> target)
    {
        target[0] = (byte)kind;
        key.CopyTo(target[1..]);
        return target[..(key.Length + 1)];
    }

    /// <summary>The key as people write it.</summary>
    public static string Of(TrailKind kind, ReadOnlySpan<byte> key)
    {
        switch (kind)
        {
            case TrailKind.Address:
                return ReadAddress(key).ToString();
            case TrailKind.Network:
                return ReadNetwork(key).ToString();
            case TrailKind.Endpoint when key.Length is V4Length + 2 or V6Length + 2:
                IpAddress address = ReadAddress(key[..^2]);
                string port = BinaryPrimitives.ReadUInt16BigEndian(key[^2..]).ToString(CultureInfo.InvariantCulture);
                return address.IsV4 ? $"{address}:{port}" : $"[{address}]:{port}";
            default:
                return Encoding.UTF8.GetString(key);
        }
    }
}
