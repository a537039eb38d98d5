using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>Addresses that proxies name as the true client.</summary>
internal static class ForwardedFor
{
    /// <summary>A longer chain of proxies is made up; also bounds what one header can cost.</summary>
    public const int MaxAddresses = 16;

    /// <summary>Adds the addresses of a comma-separated list: <c>X-Forwarded-For</c>, <c>CF-Connecting-IP</c>, <c>True-Client-IP</c>.</summary>
    public static void AddList(ReadOnlySpan<byte> value, List<IpAddress> addresses)
    {
        foreach (Range range in value.Split((byte)','))
        {
            Add(value[range], addresses);
        }
    }

    /// <summary>Adds the <c>for=</c> addresses of a <c>Forwarded</c> header (RFC 7239 section 4).</summary>
    public static void AddForwarded(ReadOnlySpan<byte> value, List<IpAddress> addresses)
    {
        foreach (Range element in value.Split((byte)','))
        {
            ReadOnlySpan<byte> pairs = value[element];
            foreach (Range range in pairs.Split((byte)';'))
            {
                ReadOnlySpan<byte> pair = pairs[range].Trim(" \t"u8);
                if (pair.Length > 4 && System.Text.Ascii.EqualsIgnoreCase(pair[..4], "for="u8))
                {
                    Add(pair[4..], addresses);
                }
            }
        }
    }

    private static void Add(ReadOnlySpan<byte> node, List<IpAddress> addresses)
    {
        node = node.Trim(" \t\""u8);
        if (node.StartsWith((byte)'['))
        {
            int end = node.IndexOf((byte)']');
            node = end < 0 ? [] : node[1..end];
        }
        else if (node.Count((byte)':') == 1)
        {
            node = node[..node.IndexOf((byte)':')];
        }

        if (addresses.Count < MaxAddresses && AddressText.TryParse(node, out IpAddress address) && !addresses.Contains(address))
        {
            addresses.Add(address);
        }
    }
}
