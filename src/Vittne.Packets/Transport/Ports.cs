namespace Vittne.Packets.Transport;

/// <summary>The two port numbers that TCP, UDP, SCTP, DCCP and UDP-Lite all begin with.</summary>
internal static class Ports
{
    /// <summary>Sets them. False when they are not there, which is reported.</summary>
    public static bool TrySet(ref LayerWalk walk, AnomalyKind ifShort)
    {
        if (!walk.Has(4))
        {
            walk.StopShort(ifShort);
            return false;
        }

        walk.Packet.SourcePort = walk.UInt16(0);
        walk.Packet.DestinationPort = walk.UInt16(2);
        walk.Packet.Flags |= DecodedFlags.HasPorts;
        return true;
    }
}
