using System.Buffers.Binary;
using Vittne.Capture;
using Vittne.Packets;
using Vittne.Packets.Measures;

namespace Vittne.Flows.Metering;

/// <summary>Reads from a packet what is counted.</summary>
internal static class MeasureReader
{
    private const ushort EthernetLinkType = 1;
    private const ushort CookedLinkType = 113;
    private const ushort Cooked2LinkType = 276;
    private const int IdentifierAt = 4;
    private const int TcpOffsetAt = 12;

    /// <summary>Reads a packet.</summary>
    /// <param name="batch">The batch that holds it.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="packet">Its headers, of the level that is measured.</param>
    /// <param name="place">Where they lie.</param>
    /// <param name="isInner">True when there is an IP header around it.</param>
    /// <param name="at">Which packet.</param>
    /// <param name="measure">What is counted.</param>
    public static void Read(
        DecodedBatch batch, int index, in DecodedPacket packet, in PacketPlace place, bool isInner, in PacketStamp at, out PacketMeasure measure)
    {
        ref readonly PacketRef reference = ref batch.Packets.Packets[index];
        ReadOnlySpan<byte> data = batch.Packets.Bytes(index);
        measure = default;
        measure.TimestampNs = at.TimestampNs;
        measure.Number = at.Number;
        measure.Capture = (ushort)at.Capture;
        measure.Packets = 1;
        measure.WireBytes = isInner ? place.IpLength : reference.OriginalLength;
        measure.IpBytes = place.IpLength;
        measure.AppBytes = PayloadOf(data, packet, place);
        measure.TimeToLive = packet.TimeToLive;
        measure.Anomaly = packet.Anomaly == AnomalyKind.IpTruncated ? AnomalyKind.None : packet.Anomaly;
        if (place.Network >= 0 && place.Network + 2 <= data.Length)
        {
            // Four bits of version, then the traffic class of IPv6; a byte of its own in IPv4.
            measure.TypeOfService = (packet.Flags & DecodedFlags.Ipv6) != 0
                ? (byte)(BinaryPrimitives.ReadUInt16BigEndian(data[place.Network..]) >> 4)
                : data[place.Network + 1];
        }

        if (packet.PayloadLength < measure.AppBytes)
        {
            measure.Marks |= MeasureMarks.IsCut;
        }

        ReadMacs(data, reference.LinkType, ref measure);
        if ((packet.Flags & DecodedFlags.HasTransport) == 0)
        {
            return;
        }

        if (packet.Protocol == IpProtocol.Tcp)
        {
            measure.Marks |= MeasureMarks.IsWholeTcp;
            measure.Sequence = packet.SequenceNumber;
            measure.Acknowledgment = packet.AcknowledgmentNumber;
            measure.Window = packet.Window;
            measure.Flags = packet.TcpFlags;
            if ((packet.TcpFlags & TcpFlag.Syn) != 0)
            {
                TcpOptionReader.Read(Header(batch, data, packet, place), ref measure);
            }
        }
        else if (packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            measure.Flags = (ushort)((packet.SourcePort << 8) | (packet.DestinationPort & 0xFF));
            ReadOnlySpan<byte> header = Header(batch, data, packet, place);
            measure.Window = header.Length >= IdentifierAt + 2 ? BinaryPrimitives.ReadUInt16BigEndian(header[IdentifierAt..]) : (ushort)0;
        }
    }

    // By header lengths, so that neither the end of the capture nor a wrong length of UDP changes it.
    private static int PayloadOf(ReadOnlySpan<byte> data, in DecodedPacket packet, in PacketPlace place)
    {
        if (packet.Datagram >= 0 || place.Network < 0 || place.Transport < place.Network)
        {
            return packet.PayloadWireLength;
        }

        int header = packet.Protocol switch
        {
            IpProtocol.Tcp when place.Transport + TcpOffsetAt < data.Length => (data[place.Transport + TcpOffsetAt] >> 4) * 4,
            IpProtocol.Udp or IpProtocol.Icmp or IpProtocol.IcmpV6 => 8,
            _ => -1,
        };
        return header < 0 ? packet.PayloadWireLength : Math.Max(place.IpLength - (place.Transport - place.Network) - header, 0);
    }

    /// <summary>The bytes of the transport header, as far as they were captured.</summary>
    public static ReadOnlySpan<byte> Header(DecodedBatch batch, ReadOnlySpan<byte> data, in DecodedPacket packet, in PacketPlace place)
    {
        if (packet.Datagram >= 0)
        {
            data = batch.Datagrams[packet.Datagram];
        }

        return place.Transport < 0 || packet.PayloadOffset > data.Length || place.Transport > packet.PayloadOffset
            ? default
            : data[place.Transport..packet.PayloadOffset];
    }

    private static void ReadMacs(ReadOnlySpan<byte> data, ushort linkType, ref PacketMeasure measure)
    {
        const int length = 6;
        switch (linkType)
        {
            case EthernetLinkType when data.Length >= 2 * length:
                measure.DestinationMac = BinaryPrimitives.ReadUInt64BigEndian(data) >> 16;
                measure.SourceMac = BinaryPrimitives.ReadUInt64BigEndian(data[4..]);
                measure.Marks |= MeasureMarks.HasMacs;
                break;
            case CookedLinkType when data.Length >= 16 && data[4] == 0 && data[5] == length:
                measure.SourceMac = BinaryPrimitives.ReadUInt64BigEndian(data[6..]) >> 16;
                measure.Marks |= MeasureMarks.HasSourceMac;
                break;
            case Cooked2LinkType when data.Length >= 20 && data[11] == length:
                measure.SourceMac = BinaryPrimitives.ReadUInt64BigEndian(data[12..]) >> 16;
                measure.Marks |= MeasureMarks.HasSourceMac;
                break;
            default:
                break;
        }
    }
}
