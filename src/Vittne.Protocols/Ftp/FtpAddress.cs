using System.Net;
using System.Net.Sockets;
using System.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Ftp;

/// <summary>Addresses in FTP commands and replies.</summary>
internal static class FtpAddress
{
    private const int MaxAddressLength = 45;

    /// <summary>Six numbers with commas between them (RFC 959 section 5.3.2), wherever they begin in the text.</summary>
    public static bool TryReadNumbers(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        address = default;
        port = 0;
        Span<byte> numbers = stackalloc byte[6];
        for (int start = text.IndexOfAnyInRange((byte)'0', (byte)'9'); start >= 0;)
        {
            if (TryReadSix(text[start..], numbers))
            {
                address = IpAddress.FromV4(((uint)numbers[0] << 24) | ((uint)numbers[1] << 16) | ((uint)numbers[2] << 8) | numbers[3]);
                port = (ushort)((numbers[4] << 8) | numbers[5]);
                return true;
            }

            int end = text[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            int next = end < 0 ? -1 : text[(start + end)..].IndexOfAnyInRange((byte)'0', (byte)'9');
            start = next < 0 ? -1 : start + end + next;
        }

        return false;
    }

    /// <summary>
    /// Protocol, address and port between delimiters (RFC 2428 sections 2 and 3): <c>|2|2001:db8::1|5282|</c>, or <c>|||5282|</c> where the
    /// address is that of the connection.
    /// </summary>
    public static bool TryReadExtended(ReadOnlySpan<byte> text, IpAddress connection, out IpAddress address, out ushort port)
    {
        address = connection;
        port = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        byte delimiter = text[0];
        text = text[1..];
        int first = text.IndexOf(delimiter);
        int second = first < 0 ? -1 : text[(first + 1)..].IndexOf(delimiter);
        int third = second < 0 ? -1 : text[(first + second + 2)..].IndexOf(delimiter);
        if (third < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> host = text.Slice(first + 1, second);
        return (host.IsEmpty || TryReadAddress(host, out address)) && TryReadPort(text.Slice(first + second + 2, third), out port);
    }

    private static bool TryReadSix(ReadOnlySpan<byte> text, Span<byte> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0)
            {
                if (text.IsEmpty || text[0] != (byte)',')
                {
                    return false;
                }

                text = text[1..].TrimStart((byte)' ');
            }

            if (!System.Buffers.Text.Utf8Parser.TryParse(text, out numbers[i], out int used))
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<byte> text, out ushort port) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out port, out int used) && used == text.Length;

    private static bool TryReadAddress(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (text.Length > MaxAddressLength || !IPAddress.TryParse(Encoding.Latin1.GetString(text), out IPAddress? parsed))
        {
            return false;
        }

        byte[] bytes = parsed.GetAddressBytes();
        address = parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? IpAddress.FromV6(bytes)
            : IpAddress.FromV4(((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3]);
        return true;
    }
}
