using System.Buffers;
using Vittne.Capture;
using Vittne.Packets.Facts;
using Vittne.Packets.Measures;

namespace Vittne.Packets;

/// <summary>A batch of packets with what their headers say. Filled by <see cref="PacketDecoder"/>, then read-only until it is filled again.</summary>
public sealed class DecodedBatch
{
    private readonly List<byte[]> _rented = [];

    /// <summary>The packets as the capture holds them.</summary>
    public PacketBatch Packets { get; } = new();

    /// <summary>One entry per packet, by the same index.</summary>
    public DecodedPacket[] Decoded { get; } = new DecodedPacket[PacketBatch.Capacity];

    /// <summary>Reassembled IP payloads (transport header and what follows); the array may be longer than the content.</summary>
    public List<byte[]> Datagrams { get; } = [];

    /// <summary>Tunnel chains of packets in this batch, outermost layer first; equal neighbours share an entry.</summary>
    public List<TunnelLayer[]> Tunnels { get; } = [];

    /// <summary>
    /// What was wrong, beyond the first thing of each packet; in packet order. Kinds that have a detail (<see cref="AnomalyKind.FragOverlap"/>) stand
    /// only here, never in <see cref="DecodedPacket.Anomaly"/>.
    /// </summary>
    public List<PacketAnomaly> Anomalies { get; } = [];

    /// <summary>
    /// Datagrams that were given up (time-out, eviction, end), by their first fragment, or by the one that came first when that is missing (no ports
    /// then): addresses and ports count, content does not.
    /// </summary>
    public List<OrphanFragment> Orphans { get; } = [];

    /// <summary>One entry per packet with what its headers say in full; empty unless <see cref="PacketDecoderOptions.CollectsFacts"/>.</summary>
    public List<PacketFacts> Facts { get; } = [];

    /// <summary>
    /// Where headers lie, by the index of the packet: of those that did not go the short way (see <see cref="PacketPlace.TryDerive"/>). Empty
    /// unless <see cref="PacketDecoderOptions.KeepsPlaces"/>.
    /// </summary>
    public PacketPlace[] Places { get; private set; } = [];

    /// <summary>Packets with tunnels, once for each tunnel; in packet order, outermost first. Empty unless <see cref="PacketDecoderOptions.KeepsPlaces"/>.</summary>
    public List<CarrierPacket> Carriers { get; } = [];

    /// <summary>What ICMP errors quote, in packet order. Empty unless <see cref="PacketDecoderOptions.KeepsPlaces"/>.</summary>
    public List<QuotedPacket> Quotes { get; } = [];

    /// <summary>Sums over the fragments that came before the one that made a datagram whole: <see cref="PacketPlace.Earlier"/>.</summary>
    public List<FragmentSum> Earlier { get; } = [];

    /// <summary>The transport payload of packet <paramref name="index"/>, empty when it has none.</summary>
    public ReadOnlySpan<byte> Payload(int index)
    {
        ref readonly DecodedPacket packet = ref Decoded[index];
        return packet.PayloadLength == 0
            ? default
            : packet.Datagram < 0
                ? Packets.Bytes(index).Slice(packet.PayloadOffset, packet.PayloadLength)
                : Datagrams[packet.Datagram].AsSpan(packet.PayloadOffset, packet.PayloadLength);
    }

    /// <summary>Room for a reassembled datagram, until the batch is filled again; may be longer than asked for.</summary>
    internal byte[] RentDatagram(int length)
    {
        byte[] datagram = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(datagram);
        return datagram;
    }

    /// <summary>Makes room for <see cref="Places"/>.</summary>
    internal void KeepPlaces()
    {
        if (Places.Length == 0)
        {
            Places = new PacketPlace[PacketBatch.Capacity];
        }
    }

    /// <summary>Forgets all but the packets.</summary>
    internal void Clear()
    {
        foreach (byte[] datagram in _rented)
        {
            ArrayPool<byte>.Shared.Return(datagram);
        }

        _rented.Clear();
        Datagrams.Clear();
        Tunnels.Clear();
        Anomalies.Clear();
        Orphans.Clear();
        Facts.Clear();
        Carriers.Clear();
        Quotes.Clear();
        Earlier.Clear();
    }
}
