using System.Net;
using System.Text;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>The addresses that proxies and content networks name as the true client of a request.</summary>
internal static class ForwardingHeaders
{
    /// <summary>A longer chain of proxies is made up; also bounds what one header can cost.</summary>
    private const int MaxAddresses = 16;

    /// <summary>Longest text of an address with port and brackets.</summary>
    private const int MaxAddressText = 56;

    /// <summary>Addresses of <c>CF-Connecting-IP</c>, <c>True-Client-IP</c> and <c>X-Forwarded-For</c>, each once, as written there.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> head)
    {
        var fields = new HeadText(head);
        List<string>? addresses = null;
        Add(fields, "CF-Connecting-IP"u8, ref addresses);
        Add(fields, "True-Client-IP"u8, ref addresses);
        Add(fields, "X-Forwarded-For"u8, ref addresses);
        return addresses is null ? [] : addresses;
    }

    private static void Add(HeadText fields, ReadOnlySpan<byte> name, ref List<string>? addresses)
    {
        if (!fields.TryGet(name, out ReadOnlySpan<byte> value))
        {
            return;
        }

        foreach (Range range in value.Split((byte)','))
        {
            ReadOnlySpan<byte> text = WithoutPort(value[range].Trim(" \t\""u8));
            if (text.Length is > 0 and <= MaxAddressText
                && text.IndexOfAny((byte)'.', (byte)':') >= 0
                && IPAddress.TryParse(Encoding.Latin1.GetString(text), out IPAddress? address))
            {
                addresses ??= [];
                string canonical = address.ToString();
                if (addresses.Count < MaxAddresses && !addresses.Contains(canonical))
                {
                    addresses.Add(canonical);
                }
            }
        }
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith((byte)'['))
        {
            int end = text.IndexOf((byte)']');
            return end < 0 ? [] : text[1..end];
        }

        int colon = text.IndexOf((byte)':');
        return colon >= 0 && text.LastIndexOf((byte)':') == colon ? text[..colon] : text;
    }
}
