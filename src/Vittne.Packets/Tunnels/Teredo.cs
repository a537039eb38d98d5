using System.Buffers.Binary;
using Vittne.Packets.Network;

namespace Vittne.Packets.Tunnels;

/// <summary>IPv6 in UDP through address translation, RFC 4380 section 5.1.1: indicators for authentication and origin, then the packet.</summary>
internal static class Teredo
{
    private const int OriginLength = 8;
    private const int AuthenticationFixedLength = 13;

    /// <summary>True when a valid IPv6 header follows, with a Teredo address on one side.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> data) =>
        TrySkipIndicators(data, out int length)
        && InnerHeader.IsIpv6(data[length..])
        && (IpAddress.FromV6(data[(length + 8)..]).IsTeredo || IpAddress.FromV6(data[(length + 24)..]).IsTeredo);

    public static Layer Decode(ref LayerWalk walk)
    {
        ReadOnlySpan<byte> data = walk.Rest;
        if (!TrySkipIndicators(data, out int length) || data.Length < length + Ipv6.HeaderLength || data[length] >> 4 != 6)
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer("teredo");
        walk.PushTunnel("teredo");
        walk.Skip(length);
        return Layer.Ipv6;
    }

    private static bool TrySkipIndicators(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length >= AuthenticationFixedLength && BinaryPrimitives.ReadUInt16BigEndian(data) == 1)
        {
            length = AuthenticationFixedLength + data[2] + data[3];
        }

        if (data.Length >= length + OriginLength && BinaryPrimitives.ReadUInt16BigEndian(data[length..]) == 0)
        {
            length += OriginLength;
        }

        return length <= data.Length;
    }
}
