using System.Globalization;

namespace Vittne.Engine.Output;

/// <summary>IANA keywords of IP protocol numbers in lower case.</summary>
public static class ProtocolNames
{
    /// <summary>The name; numbers without one as decimal text.</summary>
    public static string Of(byte protocol) => protocol switch
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
        29 => "tp",
        33 => "dccp",
        41 => "ipv6",
        43 => "routing",
        44 => "fragment",
        46 => "rsvp",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        58 => "icmp6",
        59 => "none",
        60 => "dstopts",
        88 => "eigrp",
        89 => "ospf",
        94 => "ipip94",
        97 => "etherip",
        103 => "pim",
        108 => "comp",
        112 => "vrrp",
        115 => "l2tp",
        124 => "isis",
        132 => "sctp",
        135 => "mobility",
        136 => "udplite",
        137 => "mpls",
        139 => "hip",
        255 => "raw",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };
}
