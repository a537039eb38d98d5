namespace Vittne.Capture.Filters.Syntax;

/// <summary>Protocols that can qualify an address, a number or a data access.</summary>
internal enum ProtocolWord : byte
{
    None, Link, Ip, Arp, Rarp, Tcp, Udp, Sctp, Icmp, Igmp, Igrp, Pim, Vrrp, Carp, Radio, Ip6, Icmp6, Ah, Esp, Atalk, Aarp, Decnet, Lat,
    Sca, Moprc, Mopdl, Iso, Esis, Isis, Clnp, L1, L2, Iih, Lsp, Snp, Csnp, Psnp, Stp, Ipx, Netbeui,
}
