using Vittne.Packets;
using Vittne.Trails.Heuristics;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Addresses of special purpose: IANA's "IPv4 and IPv6 Special-Purpose Address Registry", and multicast.</summary>
internal static class SpecialRanges
{
    // Within a list the narrower network comes first.
    private static readonly (AddressRanges Networks, string Name)[] Ranges =
    [
        Of("broadcast", "255.255.255.255"),
        Of("unspecified", "::"),
        Of("loopback", "127.0.0.0/8", "::1"),
        Of("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
        Of("shared", "100.64.0.0/10"),
        Of("link-local", "169.254.0.0/16", "fe80::/10"),
        Of("documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
        Of("benchmarking", "198.18.0.0/15", "2001:2::/48"),
        Of("6to4", "192.88.99.0/24", "2002::/16"),
        Of("as112", "192.31.196.0/24", "192.175.48.0/24", "2620:4f:8000::/48", "2001:4:112::/48"),
        Of("amt", "192.52.193.0/24", "2001:3::/32"),
        Of("teredo", "2001::/32"),
        Of("orchid", "2001:10::/28", "2001:20::/28", "2001:30::/28"),
        Of("ietf", "192.0.0.0/24", "2001::/23"),
        Of("translation", "64:ff9b::/96", "64:ff9b:1::/48"),
        Of("discard", "100::/64"),
        Of("segment-routing", "5f00::/16"),
        Of("multicast", "224.0.0.0/4", "ff00::/8"),
        Of("this-network", "0.0.0.0/8"),
        Of("reserved", "240.0.0.0/4"),
    ];

    /// <summary>What an address is reserved for; null for ordinary ones.</summary>
    public static string? Find(in IpAddress address)
    {
        foreach ((AddressRanges networks, string name) in Ranges)
        {
            if (networks.Contains(address))
            {
                return name;
            }
        }

        return null;
    }

    private static (AddressRanges Networks, string Name) Of(string name, params string[] networks) =>
        AddressRanges.TryParse(networks, out AddressRanges parsed, out string refused) ? (parsed, name) : throw new InvalidOperationException(refused);
}
