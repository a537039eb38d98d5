namespace Vittne.Packets.Transport;

/// <summary>Transmission Control Protocol header, RFC 9293 section 3.1.</summary>
internal static class Tcp
{
    /// <summary>Length of the header without options.</summary>
    public const int HeaderLength = 20;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("tcp");
        if (!Ports.TrySet(ref walk, AnomalyKind.TcpHeader))
        {
            return Layer.Done;
        }

        if (walk.Facts is { } facts && walk.Has(8))
        {
            // A datagram quoted by an ICMP error has no more of its header than this.
            facts.TcpSequence = walk.UInt32(4);
        }

        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.TcpHeader);
        }

        int headerLength = (walk.UInt8(12) >> 4) * 4;
        if (headerLength < HeaderLength || headerLength > walk.WireEnd - walk.At)
        {
            return walk.Stop(AnomalyKind.TcpHeader);
        }

        walk.Packet.SequenceNumber = walk.UInt32(4);
        walk.Packet.AcknowledgmentNumber = walk.UInt32(8);
        walk.Packet.TcpFlags = (ushort)(walk.UInt16(12) & 0xFFF);
        walk.Packet.Window = walk.UInt16(14);
        walk.Packet.UrgentPointer = walk.UInt16(18);

        // Options that the capture cut off cost nothing else: numbers and lengths are known.
        walk.Packet.Flags |= DecodedFlags.HasTransport;
        walk.SetPayload(headerLength);
        return Layer.Done;
    }
}
