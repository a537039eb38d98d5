namespace Vittne.Packets.Tunnels;

/// <summary>Encapsulations in UDP.</summary>
internal enum UdpTunnel : byte
{
    None,
    Vxlan,
    VxlanGpe,
    Geneve,
    GtpU,
    GtpV0,
    Teredo,
    L2tp,
    Capwap,
    Tzsp,
    Ayiya,
    Gue,
    Fou,
    Lisp,
    Gre,
    Mpls,
}
