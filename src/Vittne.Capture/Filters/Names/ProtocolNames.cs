using System.Collections.Frozen;
using System.Globalization;

namespace Vittne.Capture.Filters.Names;

/// <summary>Names of protocols: over IP (registry of IANA, with older spellings), over Ethernet, over ISO's network layer.</summary>
internal static class ProtocolNames
{
    private const string InternetTable =
        "ip 0 IP 0 hopopt 0 HOPOPT 0 icmp 1 ICMP 1 igmp 2 IGMP 2 ggp 3 GGP 3 ipencap 4 IP-ENCAP 4 st 5 ST 5 tcp 6 TCP 6 egp 8 "
        + "EGP 8 igp 9 IGP 9 pup 12 PUP 12 udp 17 UDP 17 hmp 20 HMP 20 xns-idp 22 XNS-IDP 22 rdp 27 RDP 27 iso-tp4 29 ISO-TP4 29 "
        + "dccp 33 DCCP 33 xtp 36 XTP 36 ddp 37 DDP 37 idpr-cmtp 38 IDPR-CMTP 38 ipv6 41 IPv6 41 ipv6-route 43 IPv6-Route 43 "
        + "ipv6-frag 44 IPv6-Frag 44 idrp 45 IDRP 45 rsvp 46 RSVP 46 gre 47 GRE 47 esp 50 IPSEC-ESP 50 ah 51 IPSEC-AH 51 skip 57 "
        + "SKIP 57 ipv6-icmp 58 IPv6-ICMP 58 ipv6-nonxt 59 IPv6-NoNxt 59 ipv6-opts 60 IPv6-Opts 60 rspf 73 RSPF 73 CPHB 73 "
        + "vmtp 81 VMTP 81 eigrp 88 EIGRP 88 ospf 89 OSPFIGP 89 ax.25 93 AX.25 93 ipip 94 IPIP 94 etherip 97 ETHERIP 97 encap 98 "
        + "ENCAP 98 pim 103 PIM 103 ipcomp 108 IPCOMP 108 vrrp 112 VRRP 112 l2tp 115 L2TP 115 isis 124 ISIS 124 sctp 132 "
        + "SCTP 132 fc 133 FC 133 mobility-header 135 Mobility-Header 135 udplite 136 UDPLite 136 mpls-in-ip 137 MPLS-in-IP 137 "
        + "manet 138 hip 139 HIP 139 shim6 140 Shim6 140 wesp 141 WESP 141 rohc 142 ROHC 142 ethernet 143 Ethernet 143";

    private const string LinkTable =
        "ip 2048 ip6 34525 arp 2054 rarp 32821 aarp 33011 atalk 32923 decnet 24579 lat 24580 sca 24583 moprc 24578 mopdl 24577 loopback 36864 "
        + "iso 254 stp 66 ipx 224 netbeui 240 lldp 35020 slow 34825";

    private const string IsoTable = "clnp 129 esis 130 isis 131";

    private static readonly FrozenDictionary<string, int> Internet = Read(InternetTable);
    private static readonly FrozenDictionary<string, int> Link = Read(LinkTable);
    private static readonly FrozenDictionary<string, int> Iso = Read(IsoTable);

    /// <summary>Number of a protocol over IP.</summary>
    public static bool TryFindInternet(string name, out int number) => Internet.TryGetValue(name, out number);

    /// <summary>EtherType of a protocol, or its service access point where it is below 256.</summary>
    public static bool TryFindLink(string name, out int number) => Link.TryGetValue(name, out number);

    /// <summary>Network layer protocol identifier (ISO/IEC TR 9577).</summary>
    public static bool TryFindIso(string name, out int number) => Iso.TryGetValue(name, out number);

    private static FrozenDictionary<string, int> Read(string table) =>
        table.Split(' ').Chunk(2).ToFrozenDictionary(two => two[0], two => int.Parse(two[1], CultureInfo.InvariantCulture));
}
