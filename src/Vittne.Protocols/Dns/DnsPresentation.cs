using System.Globalization;
using System.Net;
using System.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>RDATA as zone files show it (RFC 1035 section 5 and the RFC of each type); what is damaged or unknown as RFC 3597 says.</summary>
internal static class DnsPresentation
{
    /// <summary>The text of a name in a message; null when it is damaged.</summary>
    public static string? Name(DnsMessage message, int offset)
    {
        Span<byte> text = stackalloc byte[DnsMessage.MaxNameTextLength];
        int length = message.WriteName(offset, text);
        return length < 0 ? null : Encoding.ASCII.GetString(text[..length]);
    }

    /// <summary>The text of a record's data.</summary>
    public static string Of(DnsMessage message, in DnsResource resource)
    {
        switch (resource.Type)
        {
            case DnsType.A or DnsType.Aaaa when resource.TryGetAddress(out IpAddress address):
                return resource.Type == DnsType.Aaaa ? Ipv6Text(resource.Data) : address.ToString();

            case DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname:
                return (resource.TryGetTarget(out int offset) ? Name(message, offset) : null) ?? Unknown(resource.Data);

            default:
                var text = new StringBuilder();
                var reader = new DnsDataReader(message, resource);
                return TryAppend(resource.Type, ref reader, text) && reader.IsAtEnd ? text.ToString() : Unknown(resource.Data);
        }
    }

    /// <summary>Appends bytes between quotation marks, those that do not print as <c>\DDD</c> (RFC 1035 section 5.1).</summary>
    public static void AppendQuoted(StringBuilder text, ReadOnlySpan<byte> content)
    {
        text.Append('"');
        foreach (byte b in content)
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                text.Append('\\').Append((char)b);
            }
            else if (b is >= 0x20 and < 0x7F)
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{b:000}");
            }
        }

        text.Append('"');
    }

    /// <summary>Data of an unknown type (RFC 3597 section 5).</summary>
    public static string Unknown(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "\\# 0" : string.Create(CultureInfo.InvariantCulture, $"\\# {data.Length} ") + Convert.ToHexStringLower(data);

    // IpAddress shows mapped addresses as the IPv4 addresses that they stand for; data of AAAA stays what it is.
    private static string Ipv6Text(ReadOnlySpan<byte> data) => new IPAddress(data).ToString();

    private static bool TryAppend(ushort type, ref DnsDataReader reader, StringBuilder text) => type switch
    {
        DnsType.Mx or 18 or 21 or 36 => TryAppendNumbers(1, ref reader, text) && TryAppendName(ref reader, text),
        DnsType.Srv => TryAppendNumbers(3, ref reader, text) && TryAppendName(ref reader, text),
        DnsType.Soa => TryAppendSoa(ref reader, text),
        DnsType.Txt or 99 => TryAppendStrings(ref reader, text),
        13 => reader.TryAppendString(text) && TryAppendSpace(text) && reader.TryAppendString(text),
        17 or 14 => TryAppendName(ref reader, text) && TryAppendSpace(text) && TryAppendName(ref reader, text),
        35 => TryAppendNaptr(ref reader, text),
        257 => TryAppendCaa(ref reader, text),
        256 => TryAppendNumbers(2, ref reader, text) && TryAppendRestQuoted(ref reader, text),
        29 => DnsLocation.TryAppend(ref reader, text),
        DnsType.Svcb or DnsType.Https => DnsServiceText.TryAppend(ref reader, text),
        _ => DnsSecurityText.TryAppend(type, ref reader, text),
    };

    private static bool TryAppendSpace(StringBuilder text)
    {
        text.Append(' ');
        return true;
    }

    private static bool TryAppendNumbers(int count, ref DnsDataReader reader, StringBuilder text)
    {
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out ushort number))
            {
                return false;
            }

            text.Append(CultureInfo.InvariantCulture, $"{number} ");
        }

        return true;
    }

    private static bool TryAppendName(ref DnsDataReader reader, StringBuilder text)
    {
        bool isRead = reader.TryReadName(out string name);
        text.Append(name);
        return isRead;
    }

    private static bool TryAppendSoa(ref DnsDataReader reader, StringBuilder text)
    {
        if (!TryAppendName(ref reader, text) || !TryAppendSpace(text) || !TryAppendName(ref reader, text))
        {
            return false;
        }

        for (int i = 0; i < 5; i++)
        {
            if (!reader.TryReadUInt32(out uint number))
            {
                return false;
            }

            text.Append(CultureInfo.InvariantCulture, $" {number}");
        }

        return true;
    }

    private static bool TryAppendStrings(ref DnsDataReader reader, StringBuilder text)
    {
        while (!reader.IsAtEnd)
        {
            if (text.Length > 0)
            {
                text.Append(' ');
            }

            if (!reader.TryAppendString(text))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 3403 section 4.1: order, preference, flags, services, regular expression, replacement.
    private static bool TryAppendNaptr(ref DnsDataReader reader, StringBuilder text)
    {
        if (!TryAppendNumbers(2, ref reader, text))
        {
            return false;
        }

        for (int i = 0; i < 3; i++)
        {
            if (!reader.TryAppendString(text))
            {
                return false;
            }

            text.Append(' ');
        }

        return TryAppendName(ref reader, text);
    }

    // RFC 8659 section 4.1.
    private static bool TryAppendCaa(ref DnsDataReader reader, StringBuilder text)
    {
        if (!reader.TryReadUInt8(out byte flags) || !reader.TryReadUInt8(out byte length) || !reader.TryTake(length, out ReadOnlySpan<byte> tag)
            || tag.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        text.Append(CultureInfo.InvariantCulture, $"{flags} ").Append(Encoding.ASCII.GetString(tag)).Append(' ');
        return TryAppendRestQuoted(ref reader, text);
    }

    private static bool TryAppendRestQuoted(ref DnsDataReader reader, StringBuilder text)
    {
        AppendQuoted(text, reader.Rest);
        return reader.TryTake(reader.Rest.Length, out _);
    }
}
