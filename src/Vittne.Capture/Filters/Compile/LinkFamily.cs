namespace Vittne.Capture.Filters.Compile;

/// <summary>How a link type tells which protocol its payload is.</summary>
internal enum LinkFamily : byte
{
    /// <summary>It does not: protocol words are refused.</summary>
    None,

    /// <summary>EtherType, or the length of an IEEE 802.2 frame.</summary>
    Ethernet,

    /// <summary>An EtherType alone.</summary>
    EtherType,

    /// <summary>IEEE 802.2 LLC, mostly with SNAP.</summary>
    Llc,

    /// <summary>IEEE 802.11, data frames with LLC.</summary>
    Wireless,

    /// <summary>SunATM: LLC where the cells hold it, or LAN emulation.</summary>
    SunAtm,

    /// <summary>PPP protocol number (RFC 1661).</summary>
    Ppp,

    /// <summary>Cisco HDLC.</summary>
    CiscoHdlc,

    /// <summary>Address family in the byte order of the machine that captured.</summary>
    Null,

    /// <summary>Address family in network byte order.</summary>
    Loop,

    /// <summary>IP version nibble of the first byte.</summary>
    Raw,

    /// <summary>IPv4 and nothing else.</summary>
    Ip4,

    /// <summary>IPv6 and nothing else.</summary>
    Ip6,

    /// <summary>Linux cooked, version 1: an EtherType, or a mark for IEEE 802.2.</summary>
    Cooked,

    /// <summary>ARCNET protocol identifier (RFC 1201).</summary>
    Arcnet,

    /// <summary>Frame relay with the network layer protocol identifier (RFC 2427).</summary>
    FrameRelay,

    /// <summary>LocalTalk: nothing but AppleTalk.</summary>
    LocalTalk,

    /// <summary>OpenBSD's packet filter log: address family.</summary>
    PacketFilterLog,

    /// <summary>Juniper: what is inside cannot be told, all words look for Juniper's mark.</summary>
    Juniper,

    /// <summary>Solaris' IPNET: address family.</summary>
    Ipnet,

    /// <summary>BACnet MS/TP: all words look for its preamble.</summary>
    BacNet,
}
