namespace Vittne.Packets.Network;

/// <summary>IP whose version only its first four bits tell: raw captures, MPLS, and tunnels without a type field.</summary>
internal static class IpVersions
{
    public static Layer Decode(ref LayerWalk walk)
    {
        if (!walk.Has(1))
        {
            return walk.StopShort(AnomalyKind.IpHeader);
        }

        return (walk.UInt8(0) >> 4) switch
        {
            4 => Layer.Ipv4,
            6 => Layer.Ipv6,
            _ => walk.Stop(AnomalyKind.IpHeader),
        };
    }
}
