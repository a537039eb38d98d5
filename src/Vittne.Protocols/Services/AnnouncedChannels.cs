using System.Buffers.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Services;

/// <summary>Reads where a control connection says that data will go: FTP (RFC 959, RFC 2428) and file transfers of IRC clients (DCC).</summary>
internal static class AnnouncedChannels
{
    /// <summary>Reads a payload of an FTP control connection.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="sender">Who sent it: what a passive answer without an address means.</param>
    /// <param name="address">Where the data connection will go.</param>
    /// <param name="port">Its port.</param>
    public static bool TryFtp(ReadOnlySpan<byte> data, in IpAddress sender, out IpAddress address, out ushort port)
    {
        (address, port) = (sender, 0);
        if (data.StartsWith("227 "u8))
        {
            int first = data.IndexOfAnyInRange((byte)'0', (byte)'9') is var code && code == 0 ? data[3..].IndexOfAnyInRange((byte)'0', (byte)'9') : -1;
            return first > 0 && TryNumbers(data[(3 + first)..], out address, out port);
        }

        if (data.StartsWith("PORT "u8))
        {
            return TryNumbers(data[5..], out address, out port);
        }

        if (data.StartsWith("229 "u8))
        {
            int open = data.IndexOf((byte)'(');
            return open > 0 && open + 4 < data.Length && TryPort(data[(open + 4)..], out port);
        }

        return data.StartsWith("EPRT |"u8) && TryExtended(data[6..], out address, out port);
    }

    /// <summary>Reads a payload of an IRC connection: <c>DCC SEND name address port size</c>.</summary>
    public static bool TryIrc(ReadOnlySpan<byte> data, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        int at = data.IndexOf("DCC SEND "u8);
        if (at < 0)
        {
            return false;
        }

        data = data[(at + 9)..];
        int end = data.IndexOfAny((byte)1, (byte)'\r', (byte)'\n');
        data = end < 0 ? data : data[..end];
        int name = data.IndexOf((byte)' ');
        if (data.Length > 0 && data[0] == '"')
        {
            name = data[1..].IndexOf((byte)'"') + 2;
        }

        if (name <= 0 || name >= data.Length || !Utf8Parser.TryParse(data[(name + 1)..], out uint number, out int used))
        {
            return false;
        }

        address = IpAddress.FromV4(number);
        int rest = name + 1 + used + 1;
        return rest < data.Length && TryPort(data[rest..], out port);
    }

    // h1,h2,h3,h4,p1,p2
    private static bool TryNumbers(ReadOnlySpan<byte> data, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        ulong value = 0;
        for (int i = 0; i < 6; i++)
        {
            if (!Utf8Parser.TryParse(data, out byte part, out int used) || (i < 5 && (used >= data.Length || data[used] != ',')))
            {
                return false;
            }

            value = (value << 8) | part;
            data = data[Math.Min(used + 1, data.Length)..];
        }

        address = IpAddress.FromV4((uint)(value >> 16));
        port = (ushort)value;
        return port != 0;
    }

    // 1|192.0.2.1|6275| or 2|2001:db8::1|5282|
    private static bool TryExtended(ReadOnlySpan<byte> data, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        if (data.Length < 6 || data[1] != '|')
        {
            return false;
        }

        data = data[2..];
        int end = data[..Math.Min(data.Length, 48)].IndexOf((byte)'|');
        Span<char> text = stackalloc char[48];
        if (end <= 0)
        {
            return false;
        }

        int length = System.Text.Encoding.Latin1.GetChars(data[..end], text);
        return IpAddress.TryParse(text[..length], out address) && TryPort(data[(end + 1)..], out port);
    }

    private static bool TryPort(ReadOnlySpan<byte> data, out ushort port) => Utf8Parser.TryParse(data, out port, out _) && port != 0;
}
