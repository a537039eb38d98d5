using Vittne.Capture;
using Vittne.Packets.Facts;
using Vittne.Packets.Link;
using Vittne.Packets.Network;
using Vittne.Packets.Transport;
using Vittne.Packets.Tunnels;

namespace Vittne.Packets;

/// <summary>
/// Reads the headers of packets from the link layer to the transport layer through all tunnels, and puts IP fragments together. One instance per
/// run, fed with batches in capture order; it holds the fragments that wait for others. No packet makes it throw.
/// </summary>
/// <param name="options">How packets are decoded.</param>
public sealed class PacketDecoder(PacketDecoderOptions options)
{
    private const ushort EthernetLinkType = 1;

    private readonly DecodeContext _context = new(options);

    /// <summary>What was decoded, and what was not.</summary>
    public DecodeCounters Counters => _context.Counters;

    /// <summary>Decodes the packets of a batch: fills its arrays and lists.</summary>
    public void Decode(DecodedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Begin(batch);
        PacketBatch packets = batch.Packets;
        PacketRef[] references = packets.Packets;
        DecodedPacket[] decoded = batch.Decoded;
        int count = packets.Count;
        long others = 0;
        bool isDetailed = _context.Options.NeedsLayers;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> bytes = packets.Bytes(i);
            if (isDetailed || references[i].LinkType != EthernetLinkType || !FastPath.TryDecode(bytes, ref decoded[i]))
            {
                others += DecodeLayers(bytes, references[i], ref decoded[i], i) ? 0 : 1;
            }
        }

        Counters.Packets += count;
        Counters.Decoded += count - others;
        _context.Fragments?.Advance(batch);
    }

    /// <summary>Decodes some packets of a batch only; the entries of the others are not filled and stand for nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="indexes">Which packets, rising.</param>
    public void Decode(DecodedBatch batch, ReadOnlySpan<ushort> indexes)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Begin(batch);
        PacketBatch packets = batch.Packets;
        long others = 0;
        foreach (ushort i in indexes)
        {
            others += DecodeLayers(packets.Bytes(i), packets.Packets[i], ref batch.Decoded[i], i) ? 0 : 1;
        }

        Counters.Packets += packets.Count;
        Counters.Decoded += indexes.Length - others;
        _context.Fragments?.Advance(batch);
    }

    /// <summary>
    /// No packets came up to this time: gives up the fragments that waited too long. The batch has no packets, only
    /// <see cref="DecodedBatch.Orphans"/>.
    /// </summary>
    public void Advance(DecodedBatch batch, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Begin(batch);
        _context.Fragments?.Advance(batch, nowNs);
    }

    /// <summary>The input ended: gives up the fragments that still wait. The batch has no packets, only <see cref="DecodedBatch.Orphans"/>.</summary>
    public void Flush(DecodedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Begin(batch);
        _context.Fragments?.GiveUpAll(batch);
    }

    private void Begin(DecodedBatch batch)
    {
        batch.Clear();
        _context.Batch = batch;
        if (_context.Options.KeepsPlaces)
        {
            batch.KeepPlaces();
        }
    }

    private bool DecodeLayers(ReadOnlySpan<byte> bytes, in PacketRef reference, ref DecodedPacket packet, int index)
    {
        _context.Begin(index, reference.TimestampNs, reference.Number);
        packet = default;
        packet.Datagram = -1;
        packet.Tunnel = -1;
        _context.Facts = _context.Options.CollectsFacts ? new PacketFacts() : null;
        var walk = new LayerWalk(bytes, reference.OriginalLength, ref packet, _context);
        Walk(ref walk, LinkTypes.Enter(ref walk, reference.LinkType));
        Finish(ref packet, reference.Interface);
        if (_context.Facts is { } facts)
        {
            facts.Packet = packet;
            _context.Batch.Facts.Add(facts);
        }

        if ((packet.Flags & DecodedFlags.HasIp) != 0)
        {
            return true;
        }

        if (packet.Anomaly == AnomalyKind.None)
        {
            Counters.NotIp++;
        }
        else
        {
            Counters.CountNotDecoded(packet.Anomaly, reference.LinkType);
        }

        return false;
    }

    internal static void Walk(ref LayerWalk walk, Layer layer)
    {
        while (layer != Layer.Done)
        {
            if (layer > Layer.Transport && !walk.EnterEncapsulation())
            {
                return;
            }

            if (walk.Context.Places is not null)
            {
                walk.NotePlace(layer);
            }

            layer = Next(ref walk, layer);
        }
    }

    internal static Layer Next(ref LayerWalk walk, Layer layer) => layer switch
    {
        Layer.Ipv4 => Ipv4.Decode(ref walk),
        Layer.Ipv6 => Ipv6.Decode(ref walk),
        Layer.IpByVersion => IpVersions.Decode(ref walk),
        Layer.Transport => IpProtocols.Decode(ref walk),
        Layer.Ethernet => Ethernet.Decode(ref walk),
        Layer.EtherType => EtherTypes.Next(ref walk, walk.EtherType),
        Layer.Vlan => Vlan.Decode(ref walk),
        Layer.Pbb => Shims.DecodePbb(ref walk),
        Layer.MacSec => Shims.DecodeMacSec(ref walk),
        Layer.Trill => Shims.DecodeTrill(ref walk),
        Layer.FabricPath => Shims.DecodeFabricPath(ref walk),
        Layer.BatmanUnicast => Shims.DecodeBatman(ref walk),
        Layer.Nsh => Shims.DecodeNsh(ref walk),
        Layer.Mpls => Mpls.Decode(ref walk),
        Layer.Llc => Llc.Decode(ref walk),
        Layer.Ppp => Ppp.Decode(ref walk),
        Layer.Pppoe => Ppp.DecodePppoe(ref walk),
        Layer.CiscoHdlc => CiscoHdlc.Decode(ref walk),
        Layer.FrameRelay => FrameRelay.Decode(ref walk),
        Layer.FrameRelayAtNlpid => FrameRelay.DecodeNlpid(ref walk),
        Layer.MultilinkFrameRelay => FrameRelay.DecodeMultilink(ref walk),
        Layer.Ieee80211 => Ieee80211.Decode(ref walk),
        Layer.Radiotap => RadioHeaders.DecodeRadiotap(ref walk),
        Layer.Prism => RadioHeaders.DecodePrism(ref walk),
        Layer.Avs => RadioHeaders.DecodeAvs(ref walk),
        Layer.Ppi => RadioHeaders.DecodePpi(ref walk),
        Layer.Gre => Gre.Decode(ref walk),
        Layer.EtherIp => IpTunnels.DecodeEtherIp(ref walk),
        Layer.MinimalEncapsulation => IpTunnels.DecodeMinimal(ref walk),
        Layer.Pim => IpTunnels.DecodePim(ref walk),
        Layer.L2tpV3Session => L2tp.DecodeV3Session(ref walk),
        Layer.UdpEncapsulatedEsp => EspNull.DecodeUdp(ref walk),
        Layer.UdpPayload => UdpTunnels.Decode(ref walk),
        _ => Layer.Done,
    };

    private void Finish(ref DecodedPacket packet, int networkInterface)
    {
        if ((packet.Flags & DecodedFlags.HasIp) == 0)
        {
            return;
        }

        DecodedBatch batch = _context.Batch;
        if (_context.PayloadDatagram is byte[] datagram)
        {
            packet.Datagram = batch.Datagrams.Count;
            batch.Datagrams.Add(datagram);
        }

        if (packet.TunnelKey != 0)
        {
            TunnelLayer[] chain = _context.Tunnel;
            int last = batch.Tunnels.Count - 1;
            if (last < 0 || !ReferenceEquals(batch.Tunnels[last], chain))
            {
                batch.Tunnels.Add(chain);
                last++;
            }

            packet.Tunnel = last;
            if (_context.Options.KeepsPlaces)
            {
                _context.TellCarriers(networkInterface);
            }
        }

        if (_context.Options.KeepsPlaces)
        {
            batch.Places[_context.Index] = _context.Place;
        }

        if (packet.Anomaly == AnomalyKind.None && (packet.Flags & DecodedFlags.Truncated) != 0)
        {
            packet.Anomaly = AnomalyKind.IpTruncated;
            _context.Facts?.AddAnomaly(AnomalyKind.IpTruncated);
        }

        _context.SetKey(ref packet, _context.Place.Vlans, networkInterface);
    }
}
