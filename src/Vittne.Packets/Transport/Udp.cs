using Vittne.Packets.Tunnels;

namespace Vittne.Packets.Transport;

/// <summary>User Datagram Protocol header, RFC 768.</summary>
internal static class Udp
{
    /// <summary>Length of the header.</summary>
    public const int HeaderLength = 8;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("udp");
        if (!Ports.TrySet(ref walk, AnomalyKind.UdpLength))
        {
            return Layer.Done;
        }

        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.UdpLength);
        }

        if (walk.Facts is { } facts)
        {
            facts.UdpLength = walk.UInt16(4);
        }

        // Zero is right only in jumbograms (RFC 2675 section 4), whose IP header has told the length.
        int length = walk.UInt16(4);
        if (length < HeaderLength && !(length == 0 && walk.IsJumbo))
        {
            return walk.Stop(AnomalyKind.UdpLength);
        }

        if (length != 0)
        {
            walk.Bound(length);
        }

        walk.Packet.Flags |= DecodedFlags.HasTransport;
        walk.SetPayload(HeaderLength);
        walk.Skip(HeaderLength);
        if (walk.Context.Options.NeedsLayers && EspNull.IsPort(walk.Packet))
        {
            return Layer.UdpEncapsulatedEsp;
        }

        return UdpTunnels.IsCandidate(walk.Packet.SourcePort, walk.Packet.DestinationPort, walk.Rest) ? Layer.UdpPayload : Layer.Done;
    }
}
