namespace Vittne.Packets.Transport;

/// <summary>Transport headers of which only the ends matter: ICMP, ICMPv6, SCTP, UDP-Lite and DCCP.</summary>
internal static class OtherTransports
{
    private const int IcmpLength = 8;
    private const int SctpLength = 12;
    private const int UdpLiteLength = 8;
    private const int DccpMinLength = 12;

    /// <summary>RFC 792 and RFC 4443: type and code stand where others have ports. A datagram quoted in an error is no traffic.</summary>
    public static Layer DecodeIcmp(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer(walk.Protocol == IpProtocol.Icmp ? "icmp" : "icmpv6");
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.TransportHeader);
        }

        walk.Packet.SourcePort = walk.UInt8(0);
        walk.Packet.DestinationPort = walk.UInt8(1);
        walk.Packet.Flags |= DecodedFlags.HasTransport;
        walk.SetPayload(IcmpLength);
        QuotedDatagrams.Read(ref walk);
        QuotedDatagrams.Tell(ref walk);
        return Layer.Done;
    }

    /// <summary>RFC 9260 section 3.1; the payload begins with the first chunk.</summary>
    public static Layer DecodeSctp(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("sctp");
        return DecodeFixed(ref walk, SctpLength);
    }

    /// <summary>RFC 3828 section 3.1.</summary>
    public static Layer DecodeUdpLite(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("udplite");
        return DecodeFixed(ref walk, UdpLiteLength);
    }

    /// <summary>RFC 4340 section 5.1; the data offset counts words of 4 bytes.</summary>
    public static Layer DecodeDccp(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("dccp");
        if (!Ports.TrySet(ref walk, AnomalyKind.TransportHeader))
        {
            return Layer.Done;
        }

        if (!walk.Has(DccpMinLength))
        {
            return walk.StopShort(AnomalyKind.TransportHeader);
        }

        int headerLength = walk.UInt8(4) * 4;
        if (headerLength < DccpMinLength || headerLength > walk.WireEnd - walk.At)
        {
            return walk.Stop(AnomalyKind.TransportHeader);
        }

        walk.Packet.Flags |= DecodedFlags.HasTransport;
        walk.SetPayload(headerLength);
        return Layer.Done;
    }

    private static Layer DecodeFixed(ref LayerWalk walk, int headerLength)
    {
        if (!Ports.TrySet(ref walk, AnomalyKind.TransportHeader))
        {
            return Layer.Done;
        }

        if (!walk.Has(headerLength))
        {
            return walk.StopShort(AnomalyKind.TransportHeader);
        }

        walk.Packet.Flags |= DecodedFlags.HasTransport;
        walk.SetPayload(headerLength);
        return Layer.Done;
    }
}
