using System.Buffers.Binary;

namespace Vittne.Packets.Tunnels;

/// <summary>Tunnels in UDP: by port, and by content on other ports where the inner header leaves no doubt.</summary>
internal static class UdpTunnels
{
    /// <summary>Cheap test for every datagram: false when it surely is no tunnel, by neither port nor first bytes.</summary>
    public static bool IsCandidate(ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 8)
        {
            return false;
        }

        // First bytes of VXLAN, Teredo (IPv6, or its indicators), GTP-U and L2TP without control bit.
        uint head = BinaryPrimitives.ReadUInt32BigEndian(payload);
        return ByPort(destinationPort) != UdpTunnel.None
            || HasServer(ByPort(sourcePort))
            || ByContent(head, payload) != UdpTunnel.None;
    }

    /// <summary>Decodes the datagram at the position of the walk, when it is a tunnel.</summary>
    public static Layer Decode(ref LayerWalk walk)
    {
        UdpTunnel tunnel = ByPort(walk.Packet.DestinationPort);
        UdpTunnel ofSource = ByPort(walk.Packet.SourcePort);
        if (tunnel == UdpTunnel.None && HasServer(ofSource))
        {
            tunnel = ofSource;
        }

        int at = walk.At;
        Layer layer = ByKind(ref walk, tunnel);
        if (layer == Layer.Done && walk.At == at && walk.Has(8))
        {
            layer = ByKind(ref walk, ByContent(walk.UInt32(0), walk.Rest));
        }

        return layer;
    }

    // Their packets come back from the port that they went to; the others have it as destination in both directions.
    private static bool HasServer(UdpTunnel tunnel) =>
        tunnel is UdpTunnel.Teredo or UdpTunnel.L2tp or UdpTunnel.Capwap or UdpTunnel.GtpU or UdpTunnel.Ayiya;

    private static Layer ByKind(ref LayerWalk walk, UdpTunnel tunnel) => tunnel switch
    {
        UdpTunnel.Vxlan => Vxlan.Decode(ref walk),
        UdpTunnel.VxlanGpe => Vxlan.DecodeGpe(ref walk),
        UdpTunnel.Geneve => Geneve.Decode(ref walk),
        UdpTunnel.GtpU => GtpU.Decode(ref walk),
        UdpTunnel.GtpV0 => GtpU.DecodeVersion0(ref walk),
        UdpTunnel.Teredo => Teredo.Decode(ref walk),
        UdpTunnel.L2tp => L2tp.DecodeUdp(ref walk),
        UdpTunnel.Capwap => Capwap.Decode(ref walk),
        UdpTunnel.Tzsp => Tzsp.Decode(ref walk),
        UdpTunnel.Ayiya => OtherUdpTunnels.DecodeAyiya(ref walk),
        UdpTunnel.Gue => OtherUdpTunnels.DecodeGue(ref walk),
        UdpTunnel.Fou => OtherUdpTunnels.DecodeFou(ref walk),
        UdpTunnel.Lisp => OtherUdpTunnels.DecodeLisp(ref walk),
        UdpTunnel.Gre => Layer.Gre,
        UdpTunnel.Mpls => OtherUdpTunnels.DecodeMpls(ref walk),
        _ => Layer.Done,
    };

    private static UdpTunnel ByPort(ushort port) => port switch
    {
        1701 => UdpTunnel.L2tp,
        2152 => UdpTunnel.GtpU,
        3386 => UdpTunnel.GtpV0,
        3544 => UdpTunnel.Teredo,
        4341 => UdpTunnel.Lisp,
        4754 => UdpTunnel.Gre,
        4789 or 8472 => UdpTunnel.Vxlan,
        4790 => UdpTunnel.VxlanGpe,
        5072 => UdpTunnel.Ayiya,
        5247 => UdpTunnel.Capwap,
        5555 => UdpTunnel.Fou,
        6080 => UdpTunnel.Gue,
        6081 => UdpTunnel.Geneve,
        6635 => UdpTunnel.Mpls,
        37008 => UdpTunnel.Tzsp,
        _ => UdpTunnel.None,
    };

    private static UdpTunnel ByContent(uint head, ReadOnlySpan<byte> payload)
    {
        if (head == 0x0800_0000)
        {
            return Vxlan.Recognizes(payload) ? UdpTunnel.Vxlan : UdpTunnel.None;
        }

        if (head >> 28 == 6 || head >> 16 <= 1)
        {
            return Teredo.Recognizes(payload) ? UdpTunnel.Teredo : UdpTunnel.None;
        }

        if ((head & 0xF8FF_0000) == 0x30FF_0000)
        {
            return GtpU.Recognizes(payload) ? UdpTunnel.GtpU : UdpTunnel.None;
        }

        // Flags of L2TP: reserved bits are 0, the version is 2, and there is no control bit.
        return (head & 0xB4FF_0000) == 0x0002_0000 && L2tp.Recognizes(payload) ? UdpTunnel.L2tp : UdpTunnel.None;
    }
}
