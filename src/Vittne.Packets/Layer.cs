namespace Vittne.Packets;

/// <summary>What the bytes at the position of a <see cref="LayerWalk"/> are. Each has one decoder; the walk goes on with what that returns.</summary>
internal enum Layer : byte
{
    /// <summary>Nothing more to decode.</summary>
    Done,

    // Network and transport: not counted as encapsulation.
    Ipv4,
    Ipv6,
    IpByVersion,
    Transport,

    // Link and shim layers.
    Ethernet,
    EtherType,
    Vlan,
    Pbb,
    MacSec,
    Trill,
    FabricPath,
    Nsh,
    Mpls,
    Llc,
    Ppp,
    Pppoe,
    CiscoHdlc,
    FrameRelay,
    FrameRelayAtNlpid,
    MultilinkFrameRelay,
    Ieee80211,
    Radiotap,
    Prism,
    Avs,
    Ppi,
    BatmanUnicast,

    // Tunnels.
    Gre,
    EtherIp,
    MinimalEncapsulation,
    Pim,
    L2tpV3Session,
    UdpPayload,
    UdpEncapsulatedEsp,
}
