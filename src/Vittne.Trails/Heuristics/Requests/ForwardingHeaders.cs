using Vittne.Packets;
using Vittne.Protocols.Http;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>The addresses that proxies and content networks name as the true client of a request.</summary>
internal static class ForwardingHeaders
{
    /// <summary>Addresses of <c>CF-Connecting-IP</c>, <c>True-Client-IP</c> and <c>X-Forwarded-For</c>, each once.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> head)
    {
        List<IpAddress>? addresses = null;
        if (!HttpHead.TryParse(head, out HttpHead fields))
        {
            return [];
        }

        Add(fields, "CF-Connecting-IP"u8, ref addresses);
        Add(fields, "True-Client-IP"u8, ref addresses);
        Add(fields, "X-Forwarded-For"u8, ref addresses);
        return addresses is null ? [] : addresses.ConvertAll(static address => address.ToString());
    }

    private static void Add(HttpHead fields, ReadOnlySpan<byte> name, ref List<IpAddress>? addresses)
    {
        if (fields.TryGetHeader(name, out ReadOnlySpan<byte> value))
        {
            addresses ??= [];
            ForwardedFor.AddList(value, addresses);
        }
    }
}
