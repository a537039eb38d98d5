using Vittne.Capture;
using Vittne.Packets;
using Vittne.Packets.Facts;

namespace Vittne.Engine.Info.Deep;

/// <summary>A packet as analyses see it.</summary>
/// <param name="batch">The batch that holds it.</param>
/// <param name="index">Its place there.</param>
internal readonly ref struct DeepPacket(DecodedBatch batch, int index)
{
    private const int MaxTcpHeaderLength = 60;
    private const int MinTcpHeaderLength = 20;

    /// <summary>What the capture says about it.</summary>
    public readonly ref readonly PacketRef Reference = ref batch.Packets.Packets[index];

    /// <summary>What its innermost headers say.</summary>
    public readonly ref readonly DecodedPacket Headers = ref batch.Decoded[index];

    /// <summary>Its captured bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes = batch.Packets.Bytes(index);

    /// <summary>What else its headers say.</summary>
    public readonly PacketFacts Facts = batch.Facts[index];

    /// <summary>The tunnels around it.</summary>
    public readonly TunnelLayer[] Tunnel = batch.Decoded[index].Tunnel < 0 ? [] : batch.Tunnels[batch.Decoded[index].Tunnel];

    /// <summary>Its transport payload.</summary>
    public ReadOnlySpan<byte> Payload => batch.Payload(index);

    /// <summary>Whether it has addresses.</summary>
    public bool HasIp => (Headers.Flags & DecodedFlags.HasIp) != 0;

    /// <summary>Whether it is a TCP segment with a whole header.</summary>
    public bool IsTcp => Headers.Protocol == IpProtocol.Tcp && (Headers.Flags & (DecodedFlags.HasIp | DecodedFlags.HasTransport)) == (DecodedFlags.HasIp | DecodedFlags.HasTransport);

    /// <summary>Whether flags of TCP are set, all of them.</summary>
    public bool HasFlags(ushort flags) => (Headers.TcpFlags & flags) == flags;

    /// <summary>The whole segment of TCP as far as it was captured, header first; empty where it cannot be found.</summary>
    public ReadOnlySpan<byte> TcpSegment(out int headerLength)
    {
        headerLength = 0;
        if (!IsTcp || Headers.Datagram >= 0)
        {
            return default;
        }

        // The walk tells where the payload begins; ports and the header's own length say where the header does.
        for (int length = MinTcpHeaderLength; length <= MaxTcpHeaderLength; length += 4)
        {
            int start = Headers.PayloadOffset - length;
            if (start < 0)
            {
                break;
            }

            ReadOnlySpan<byte> header = Bytes[start..];
            if (header[12] >> 4 == length / 4 && ((header[0] << 8) | header[1]) == Headers.SourcePort && ((header[2] << 8) | header[3]) == Headers.DestinationPort)
            {
                headerLength = length;
                return header[..Math.Min(header.Length, length + Headers.PayloadLength)];
            }
        }

        return default;
    }
}
