using System.Buffers.Binary;

namespace Vittne.Packets.Network;

/// <summary>The checksum of IPv4 headers, TCP, UDP and ICMP: ones' complement sum of 16-bit words (RFC 1071).</summary>
internal static class InternetChecksum
{
    /// <summary>True when bytes that hold their own checksum add up.</summary>
    public static bool IsRight(ReadOnlySpan<byte> data) => Fold(Sum(data)) == ushort.MaxValue;

    /// <summary>The same with the pseudo header of RFC 9293 section 3.1 and RFC 8200 section 8.1.</summary>
    public static bool IsRight(ReadOnlySpan<byte> data, in IpAddress source, in IpAddress destination, byte protocol)
    {
        Span<byte> addresses = stackalloc byte[2 * IpAddress.V6Length];
        int length = source.Write(addresses);
        length += destination.Write(addresses[length..]);
        return Fold(Sum(addresses[..length]) + protocol + (ulong)(uint)data.Length + Sum(data)) == ushort.MaxValue;
    }

    private static ulong Sum(ReadOnlySpan<byte> data)
    {
        ulong sum = 0;
        while (data.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(data);
            data = data[2..];
        }

        return data.IsEmpty ? sum : sum + ((uint)data[0] << 8);
    }

    private static ulong Fold(ulong sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return sum;
    }
}
