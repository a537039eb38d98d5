using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>Addresses in the text of protocols: read strictly, written as trails write them.</summary>
internal static class AddressText
{
    /// <summary>The longest IPv6 text, with an embedded IPv4 address (RFC 4291 section 2.2).</summary>
    public const int MaxLength = 45;

    private static readonly SearchValues<byte> Ipv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>The loopback address that local services talk to.</summary>
    public static bool IsLocalhost(in IpAddress address) =>
        address == IpAddress.FromV4(0x7F00_0001) || address is { High: 0, Low: 1 };

    /// <summary>Address and port; IPv6 in brackets (RFC 3986 section 3.2.2).</summary>
    public static string OfEndpoint(in IpAddress address, ushort port) => address.IsV4
        ? string.Create(CultureInfo.InvariantCulture, $"{address.ToString()}:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{address.ToString()}]:{port}");

    /// <summary>
    /// Reads an address and nothing else: four decimal numbers or RFC 4291 text. Short forms such as <c>10.1</c> and zones are refused:
    /// they are not what a trail names.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (text.Length is < 2 or > MaxLength)
        {
            return false;
        }

        if (!text.Contains((byte)':'))
        {
            return TryParseV4(text, out address);
        }

        if (text.ContainsAnyExcept(Ipv6Bytes) || !IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!parsed.TryWriteBytes(bytes, out int written) || written != bytes.Length)
        {
            return false;
        }

        address = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return true;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        uint value = 0;
        for (int i = 0; i < 4; i++)
        {
            int end = i < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (end is < 1 or > 3 || text[0] is < (byte)'0' or > (byte)'9'
                || !Utf8Parser.TryParse(text[..end], out byte part, out int consumed) || consumed != end)
            {
                return false;
            }

            value = (value << 8) | part;
            text = i < 3 ? text[(end + 1)..] : [];
        }

        address = IpAddress.FromV4(value);
        return true;
    }
}
