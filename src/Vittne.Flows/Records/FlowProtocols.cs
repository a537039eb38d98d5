using System.Globalization;

namespace Vittne.Flows.Records;

/// <summary>Names of IP protocols as argus and <c>/etc/protocols</c> write them.</summary>
public static class FlowProtocols
{
    private static readonly string[] Names = Enumerable.Range(0, 256).Select(Make).ToArray();

    /// <summary>The name; the number as text where there is none.</summary>
    public static string Name(byte protocol) => Names[protocol];

    /// <summary>The number of a name or of a number as text; -1 for what is no IP protocol.</summary>
    public static int Number(string name) => name is "icmp6" or "icmpv6"
        ? 58
        : byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            ? number
            : Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Make(int protocol) => protocol switch
    {
        0 => "hopopt",
        1 => "icmp",
        2 => "igmp",
        4 => "ipip",
        6 => "tcp",
        8 => "egp",
        12 => "pup",
        17 => "udp",
        22 => "idp",
        27 => "rdp",
        33 => "dccp",
        41 => "ipv6",
        43 => "ipv6-route",
        44 => "ipv6-frag",
        46 => "rsvp",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        55 => "mobile",
        58 => "ipv6-icmp",
        59 => "ipv6-no",
        60 => "ipv6-opts",
        88 => "eigrp",
        89 => "ospf",
        94 => "ipip94",
        97 => "etherip",
        103 => "pim",
        108 => "ipcomp",
        112 => "vrrp",
        115 => "l2tp",
        124 => "isis",
        132 => "sctp",
        133 => "fc",
        135 => "mobility",
        136 => "udplite",
        137 => "mpls",
        139 => "hip",
        255 => "raw",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };
}
