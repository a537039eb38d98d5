using Vittne.Packets.Facts;
using Vittne.Packets.Measures;

namespace Vittne.Packets.Transport;

/// <summary>
/// The datagram that an ICMP error is about (RFC 792, RFC 4443 section 3): read by the same decoders into facts of its own, for people only.
/// It is no traffic: it reaches no flow, no reassembly and no tunnel of the packet around it.
/// </summary>
internal static class QuotedDatagrams
{
    private const int IcmpHeaderLength = 8;

    /// <summary>Reads the quoted datagram of the ICMP message at the position of the walk, when facts are asked for and it is an error.</summary>
    public static void Read(ref LayerWalk walk)
    {
        if (walk.Facts is not { } facts
            || walk.Context.Quoted is not { } context
            || !walk.Has(IcmpHeaderLength + 1)
            || !IsError(walk.Protocol, walk.UInt8(0)))
        {
            return;
        }

        var quoted = new PacketFacts();
        DecodedPacket packet = default;
        context.Begin(0, walk.Context.TimestampNs, walk.Context.Number);
        context.Batch.Anomalies.Clear();
        context.Facts = quoted;

        // Senders quote a part: that it ends early is nothing wrong.
        ReadOnlySpan<byte> data = walk.Rest[IcmpHeaderLength..];
        var inner = new LayerWalk(data, ushort.MaxValue, ref packet, context);
        PacketDecoder.Walk(ref inner, Layer.IpByVersion);
        if ((packet.Flags & DecodedFlags.HasIp) != 0)
        {
            quoted.Packet = packet;
            facts.Quoted = quoted;
        }
    }

    /// <summary>Tells meters which packet the ICMP error at the position of the walk is about; addresses and ports need no more than 4 bytes of it.</summary>
    public static void Tell(ref LayerWalk walk)
    {
        if (!walk.Context.Options.KeepsPlaces
            || walk.Context.Quoted is not { } context
            || !walk.Has(IcmpHeaderLength + 1)
            || !IsError(walk.Protocol, walk.UInt8(0)))
        {
            return;
        }

        DecodedPacket packet = default;
        context.Begin(0, walk.Context.TimestampNs, walk.Context.Number);
        context.Batch.Anomalies.Clear();
        context.Facts = null;
        var inner = new LayerWalk(walk.Rest[IcmpHeaderLength..], ushort.MaxValue, ref packet, context);
        Layer layer = PacketDecoder.Next(ref inner, Layer.IpByVersion);
        while (layer is Layer.Ipv4 or Layer.Ipv6 or Layer.Transport && (packet.Flags & DecodedFlags.HasPorts) == 0)
        {
            layer = PacketDecoder.Next(ref inner, layer);
        }

        if ((packet.Flags & DecodedFlags.HasIp) != 0)
        {
            packet.TunnelKey = walk.Packet.TunnelKey;
            walk.Context.SetKey(ref packet, walk.Context.Place.Vlans, walk.Context.Batch.Packets.Packets[walk.Context.Index].Interface);
            walk.Context.Batch.Quotes.Add(new QuotedPacket(walk.Context.Index, packet));
        }
    }

    /// <summary>Messages about another packet: ICMP types 3, 4, 5, 11 and 12; ICMPv6 types below 128.</summary>
    private static bool IsError(byte protocol, byte type) =>
        protocol == IpProtocol.IcmpV6 ? type < 128 : type is 3 or 4 or 5 or 11 or 12;
}
