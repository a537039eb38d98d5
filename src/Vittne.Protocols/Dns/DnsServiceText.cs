using System.Globalization;
using System.Net;
using System.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>Data of SVCB and HTTPS records (RFC 9460 section 2.1): <c>priority target key=value …</c>.</summary>
internal static class DnsServiceText
{
    private const int Alpn = 1;
    private const int NoDefaultAlpn = 2;
    private const int Port = 3;
    private const int Ipv4Hint = 4;
    private const int EncryptedClientHello = 5;
    private const int Ipv6Hint = 6;
    private const int DohPath = 7;

    /// <summary>Appends the data; false when it is damaged.</summary>
    public static bool TryAppend(ref DnsDataReader reader, StringBuilder text)
    {
        if (!reader.TryReadUInt16(out ushort priority) || !reader.TryReadName(out string target))
        {
            return false;
        }

        text.Append(CultureInfo.InvariantCulture, $"{priority} {target}");
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadUInt16(out ushort key) || !reader.TryReadUInt16(out ushort length) || !reader.TryTake(length, out ReadOnlySpan<byte> value))
            {
                return false;
            }

            AppendParameter(text, key, value);
        }

        return true;
    }

    private static void AppendParameter(StringBuilder text, ushort key, ReadOnlySpan<byte> value)
    {
        text.Append(' ').Append(KeyName(key));
        if (value.IsEmpty)
        {
            return;
        }

        text.Append('=');
        int before = text.Length;
        if (!TryAppendValue(text, key, value))
        {
            text.Length = before;
            DnsPresentation.AppendQuoted(text, value);
        }
    }

    private static string KeyName(ushort key) => key switch
    {
        0 => "mandatory",
        Alpn => "alpn",
        NoDefaultAlpn => "no-default-alpn",
        Port => "port",
        Ipv4Hint => "ipv4hint",
        EncryptedClientHello => "ech",
        Ipv6Hint => "ipv6hint",
        DohPath => "dohpath",
        8 => "ohttp",
        _ => string.Create(CultureInfo.InvariantCulture, $"key{key}"),
    };

    private static bool TryAppendValue(StringBuilder text, ushort key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case 0:
                return TryAppendKeys(text, value);

            case Alpn:
                return TryAppendProtocols(text, value);

            case Port when value.Length == 2:
                text.Append((value[0] << 8) | value[1]);
                return true;

            case Ipv4Hint when value.Length % 4 == 0:
                AppendAddresses(text, value, 4);
                return true;

            case Ipv6Hint when value.Length % 16 == 0:
                AppendAddresses(text, value, 16);
                return true;

            case EncryptedClientHello:
                text.Append(Convert.ToBase64String(value));
                return true;

            default:
                return false;
        }
    }

    private static bool TryAppendKeys(StringBuilder text, ReadOnlySpan<byte> value)
    {
        if (value.Length % 2 != 0)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i += 2)
        {
            text.Append(i == 0 ? "" : ",").Append(KeyName((ushort)((value[i] << 8) | value[i + 1])));
        }

        return true;
    }

    private static bool TryAppendProtocols(StringBuilder text, ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        for (int i = 0; !reader.IsAtEnd; i++)
        {
            if (!reader.TryReadUInt8(out byte length) || !reader.TryTake(length, out ReadOnlySpan<byte> name)
                || name.ContainsAnyExceptInRange((byte)'!', (byte)'~') || name.Contains((byte)','))
            {
                return false;
            }

            text.Append(i == 0 ? "" : ",").Append(Encoding.ASCII.GetString(name));
        }

        return true;
    }

    private static void AppendAddresses(StringBuilder text, ReadOnlySpan<byte> value, int width)
    {
        for (int i = 0; i < value.Length; i += width)
        {
            text.Append(i == 0 ? "" : ",").Append(new IPAddress(value.Slice(i, width)));
        }
    }
}
