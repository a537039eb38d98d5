using Vittne.Packets;
using Vittne.Packets.Measures;
using Vittne.Packets.Transport;

namespace Vittne.Flows.Metering;

/// <summary>Whether the checksums of a packet are right; what was not captured whole counts as right.</summary>
internal static class MeasureChecksums
{
    /// <summary>The first thing that is wrong; <see cref="AnomalyKind.None"/> when all is right or cannot be told.</summary>
    public static AnomalyKind Check(DecodedBatch batch, int index, in DecodedPacket packet, in PacketPlace place)
    {
        ReadOnlySpan<byte> data = batch.Packets.Bytes(index);
        if (!IsHeaderRight(data, place.Network))
        {
            return AnomalyKind.IpChecksum;
        }

        if ((packet.Flags & (DecodedFlags.HasTransport | DecodedFlags.Truncated)) != DecodedFlags.HasTransport || place.HasOtherPseudoHeader)
        {
            return AnomalyKind.None;
        }

        if (packet.Datagram >= 0)
        {
            data = batch.Datagrams[packet.Datagram];
        }

        int end = packet.PayloadOffset + packet.PayloadLength;
        if (place.Transport < 0 || end > data.Length || place.Transport >= end || packet.PayloadLength < packet.PayloadWireLength)
        {
            return AnomalyKind.None;
        }

        ReadOnlySpan<byte> segment = data[place.Transport..end];

        // A UDP checksum of 0: the sender made none.
        bool isNone = packet.Protocol == IpProtocol.Udp && segment.Length >= 8 && segment[6] == 0 && segment[7] == 0;
        return isNone || TransportChecksum.IsRight(segment, packet.Source, packet.Destination, packet.Protocol)
            ? AnomalyKind.None
            : AnomalyKind.TransportChecksum;
    }

    private static bool IsHeaderRight(ReadOnlySpan<byte> data, int network)
    {
        if (network < 0 || network >= data.Length || data[network] >> 4 != 4)
        {
            return true;
        }

        int length = (data[network] & 15) * 4;
        return network + length > data.Length || TransportChecksum.IsRight(data.Slice(network, length), default, default, IpProtocol.Icmp);
    }
}
