using Vittne.Packets.Fragments;

namespace Vittne.Packets.Network;

/// <summary>Internet Protocol, RFC 791 section 3.1.</summary>
internal static class Ipv4
{
    /// <summary>Length of the header without options.</summary>
    public const int HeaderLength = 20;

    private const ushort MoreFragments = 0x2000;
    private const ushort OffsetMask = 0x1FFF;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (walk.Has(1))
        {
            walk.Facts?.AddLayer("ip");
        }

        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.IpHeader);
        }

        int headerLength = (walk.UInt8(0) & 15) * 4;
        if (walk.UInt8(0) >> 4 != 4 || headerLength < HeaderLength)
        {
            return walk.Stop(AnomalyKind.IpHeader);
        }

        if (!walk.Has(headerLength))
        {
            return walk.StopShort(AnomalyKind.IpHeader);
        }

        // Zero stands for more than the field can hold: segmentation offload on the sender's own capture.
        int totalLength = walk.UInt16(2);
        if (totalLength != 0 && totalLength < headerLength)
        {
            return walk.Stop(AnomalyKind.IpHeader);
        }

        if (walk.Context.Options.RequiresChecksums && !InternetChecksum.IsRight(walk.Rest[..headerLength]))
        {
            return walk.Reject(AnomalyKind.IpChecksum);
        }

        if (!walk.EnterNetwork())
        {
            return Layer.Done;
        }

        if (totalLength != 0)
        {
            walk.Bound(totalLength);
        }

        ushort fragment = walk.UInt16(6);
        uint identification = walk.UInt16(4);
        walk.Protocol = walk.UInt8(9);
        walk.SetNetwork(IpAddress.FromV4(walk.UInt32(12)), IpAddress.FromV4(walk.UInt32(16)), walk.Protocol, walk.UInt8(8), isV6: false);
        walk.Context.Place.IpLength = totalLength != 0 ? totalLength : walk.WireEnd - walk.At;
        if (walk.Facts is { } facts)
        {
            facts.BeginNetwork(totalLength != 0 ? totalLength : walk.WireEnd - walk.At);
            facts.IpIdentification = identification;
            facts.FragmentOffset = (fragment & OffsetMask) * 8;
            facts.HasMoreFragments = (fragment & MoreFragments) != 0;
        }

        walk.Skip(headerLength);
        walk.IsJumbo = false;
        walk.HasOtherPseudoHeader = false;
        walk.SetPayload(0);
        if ((fragment & (MoreFragments | OffsetMask)) == 0)
        {
            return Layer.Transport;
        }

        if (walk.Context.Fragments is not { } fragments)
        {
            return (fragment & OffsetMask) == 0 ? Layer.Transport : Layer.Done;
        }

        var key = new FragmentKey(walk.Packet.Source, walk.Packet.Destination, walk.Packet.TunnelKey, walk.Vlans, identification, walk.Protocol);
        return fragments.TryTake(ref walk, key, (fragment & OffsetMask) * 8, (fragment & MoreFragments) != 0, isV6: false)
            ? Layer.Transport
            : Layer.Done;
    }
}
