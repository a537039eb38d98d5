namespace Vittne.Packets.Layout;

/// <summary>Kinds of headers whose place in a packet is told.</summary>
public enum HeaderKind : byte
{
    /// <summary>Ethernet frame.</summary>
    Ethernet,

    /// <summary>802.11 frame.</summary>
    Ieee80211,

    /// <summary>802.1Q or 802.1ad tag, from its identifier on: the EtherType that tells of it stands before.</summary>
    Vlan,

    /// <summary>ARP or RARP message.</summary>
    Arp,

    /// <summary>IPv4 header.</summary>
    Ipv4,

    /// <summary>IPv6 header.</summary>
    Ipv6,

    /// <summary>Header of minimal encapsulation (RFC 2004).</summary>
    MinimalEncapsulation,

    /// <summary>What an IP header and its extensions carry; not of later fragments.</summary>
    Transport,

    /// <summary>GRE header.</summary>
    Gre,
}
