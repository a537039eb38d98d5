using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using Vittne.Packets;

namespace Vittne.Trails.Lists;

/// <summary>Addresses, ports and networks out of text, strictly: what is not exactly one is refused.</summary>
internal static class AddressText
{
    /// <summary>Four decimal numbers up to 255 without leading zeros.</summary>
    public static bool TryParseV4(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        int at = 0;
        for (int part = 0; part < 4; part++)
        {
            int start = at;
            uint number = 0;
            while (at < text.Length && at - start < 3 && text[at] is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + (uint)(text[at++] - '0');
            }

            if (at == start || number > 255 || (at - start > 1 && text[start] == '0'))
            {
                return false;
            }

            value = (value << 8) | number;
            if (part < 3 && (at >= text.Length || text[at++] != '.'))
            {
                return false;
            }
        }

        return at == text.Length;
    }

    /// <summary>An IPv4 or IPv6 address, the latter also in brackets and in any spelling of RFC 4291 section 2.2, without zone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address)
    {
        if (TryParseV4(text, out uint v4))
        {
            address = IpAddress.FromV4(v4);
            return true;
        }

        address = default;
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            text = text[1..^1];
        }

        // The library also takes zones and bare numbers, which are not addresses here.
        if (text.Length is < 2 or > 45 || !text.Contains((byte)':') || text.ContainsAny((byte)'%', (byte)'[', (byte)'/')
            || !IPAddress.TryParse(text, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        address = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return true;
    }

    /// <summary>A decimal port from 1 to 65535.</summary>
    public static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        return AsciiText.IsDecimal(text) && Utf8Parser.TryParse(text, out port, out int used) && used == text.Length && port != 0;
    }

    /// <summary><c>address/length</c>. Bits below the length are cleared and told in <paramref name="hadHostBits"/>.</summary>
    public static bool TryParseNetwork(ReadOnlySpan<byte> text, out IpNetwork network, out bool hadHostBits)
    {
        network = default;
        hadHostBits = false;
        int slash = text.IndexOf((byte)'/');
        if (slash < 0 || !TryParse(text[..slash], out IpAddress address))
        {
            return false;
        }

        ReadOnlySpan<byte> length = text[(slash + 1)..];
        if (!AsciiText.IsDecimal(length) || length.Length > 3 || !Utf8Parser.TryParse(length, out int bits, out _) || bits > (address.IsV4 ? 32 : 128))
        {
            return false;
        }

        network = IpNetwork.Of(address, address.IsV4 ? bits + 96 : bits);
        hadHostBits = network.First != address;
        return true;
    }
}
