using System.Buffers.Binary;
using Vittne.Packets.Facts;
using Vittne.Packets.Layout;
using Vittne.Packets.Measures;

namespace Vittne.Packets;

/// <summary>
/// The position of the decoder in one packet: bytes, bounds, and what the layers so far said. Decoders look only at bytes below <see cref="End"/>,
/// after <see cref="Has"/>; what one cannot read ends the walk, and the facts of the layers before it stay.
/// </summary>
internal ref struct LayerWalk
{
    /// <summary>Encapsulations (link layers, shims, tunnels) of one packet.</summary>
    public const int MaxEncapsulations = 16;

    /// <summary>IP headers of one packet.</summary>
    public const int MaxNetworkHeaders = 8;

    /// <summary>The packet, or a reassembled datagram in it.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>What is filled.</summary>
    public ref DecodedPacket Packet;

    /// <summary>State that outlives the packet.</summary>
    public readonly DecodeContext Context;

    /// <summary>Where the next layer begins in <see cref="Data"/>.</summary>
    public int At;

    /// <summary>Where its bytes end, as far as they were captured.</summary>
    public int End;

    /// <summary>Where they ended on the wire; larger than <see cref="End"/> when the capture cut them.</summary>
    public int WireEnd;

    /// <summary>The array behind <see cref="Data"/> when it is a reassembled datagram, null for the packet itself.</summary>
    public byte[]? Datagram;

    /// <summary>Identifies the VLAN tags passed so far; part of the key of fragments.</summary>
    public ulong Vlans;

    /// <summary>EtherType of what follows, for <see cref="Layer.EtherType"/>.</summary>
    public ushort EtherType;

    /// <summary>IP protocol number of what follows, for <see cref="Layer.Transport"/>.</summary>
    public byte Protocol;

    /// <summary>True while the bytes come in ATM cells, where bridged frames are padded (RFC 2684 section 5.2).</summary>
    public bool IsAtm;

    /// <summary>True when an IPv6 jumbo payload option gave the length (RFC 2675).</summary>
    public bool IsJumbo;

    /// <summary>True when a routing header or a home address stands for an address in the pseudo header of checksums.</summary>
    public bool HasOtherPseudoHeader;

    private bool _isShort;
    private int _encapsulations;
    private int _networkHeaders;

    public LayerWalk(ReadOnlySpan<byte> data, int wireLength, ref DecodedPacket packet, DecodeContext context)
    {
        Data = data;
        End = data.Length;
        WireEnd = Math.Max(wireLength, data.Length);
        Packet = ref packet;
        Context = context;
    }

    /// <summary>Takes what the layers say; null when nobody asks for it, which is nearly always.</summary>
    public readonly PacketFacts? Facts => Context.Facts;

    /// <summary>Bytes that are there.</summary>
    public readonly int Remaining => End - At;

    /// <summary>The bytes that are there.</summary>
    public readonly ReadOnlySpan<byte> Rest => Data[At..End];

    /// <summary>True when the capture cut what follows.</summary>
    public readonly bool IsCut => End < WireEnd;

    /// <summary>True when a header announced more than the layer around it holds, captured or not.</summary>
    public readonly bool IsShort => _isShort;

    /// <summary>True when at least <paramref name="length"/> bytes are there.</summary>
    public readonly bool Has(int length) => length <= End - At;

    /// <summary>The byte at an offset from the position.</summary>
    public readonly byte UInt8(int offset) => Data[At + offset];

    /// <summary>Two bytes at an offset from the position.</summary>
    public readonly ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(Data[(At + offset)..]);

    /// <summary>Four bytes at an offset from the position.</summary>
    public readonly uint UInt32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Data[(At + offset)..]);

    /// <summary>Six bytes at an offset from the position: a hardware address.</summary>
    public readonly ulong UInt48(int offset) => ((ulong)UInt16(offset) << 32) | UInt32(offset + 2);

    /// <summary>Steps over bytes that <see cref="Has"/> said are there.</summary>
    public void Skip(int length) => At += length;

    /// <summary>
    /// Bounds what follows by a length that its own header announces. It never extends it: what the layer around does not hold was never there,
    /// and a stream must not wait for it.
    /// </summary>
    public void Bound(long length)
    {
        long end = At + length;
        if (end > WireEnd)
        {
            _isShort = true;
            return;
        }

        WireEnd = (int)end;
        End = Math.Min(End, WireEnd);
    }

    /// <summary>Leaves out bytes at the end of the frame on the wire, such as a check sequence.</summary>
    public void DropTrailer(int length)
    {
        WireEnd = Math.Max(At, WireEnd - length);
        End = Math.Min(End, WireEnd);
    }

    /// <summary>Notes where a header begins, for whoever asked for places.</summary>
    public readonly void NotePlace(Layer layer)
    {
        HeaderKind? kind = layer switch
        {
            Layer.Ethernet => HeaderKind.Ethernet,
            Layer.Ieee80211 => HeaderKind.Ieee80211,
            Layer.Vlan => HeaderKind.Vlan,
            Layer.Ipv4 => HeaderKind.Ipv4,
            Layer.Ipv6 => HeaderKind.Ipv6,
            Layer.MinimalEncapsulation => HeaderKind.MinimalEncapsulation,
            Layer.Transport => HeaderKind.Transport,
            Layer.Gre => HeaderKind.Gre,
            _ => null,
        };
        if (kind is { } known)
        {
            NotePlace(known);
        }
    }

    /// <summary>Notes that a header begins here.</summary>
    public readonly void NotePlace(HeaderKind kind)
    {
        if (Datagram is null)
        {
            Context.Places?.Add(new HeaderPlace(kind, At, End, Protocol));
        }
    }

    /// <summary>Counts an encapsulation. False when there are too many.</summary>
    public bool EnterEncapsulation() => ++_encapsulations <= MaxEncapsulations || Refuse();

    /// <summary>Counts an IP header. False when there are too many.</summary>
    public bool EnterNetwork() => ++_networkHeaders <= MaxNetworkHeaders || Refuse();

    /// <summary>Notes that something is wrong.</summary>
    public void Report(AnomalyKind kind)
    {
        if (Packet.Anomaly == AnomalyKind.None)
        {
            Packet.Anomaly = kind;
            Facts?.AddAnomaly(kind);
        }
        else
        {
            Context.Report(kind, "");
        }
    }

    /// <summary>Reports and ends the walk.</summary>
    public Layer Stop(AnomalyKind kind)
    {
        Report(kind);
        return Layer.Done;
    }

    /// <summary>Reports and ends the walk of a packet that counts as not decoded at all, addresses included.</summary>
    public Layer Reject(AnomalyKind kind)
    {
        Packet.Flags = DecodedFlags.None;
        Packet.TunnelKey = 0;
        Packet.PayloadLength = 0;
        Packet.PayloadWireLength = 0;
        Packet.PayloadOffset = 0;
        Packet.Anomaly = kind;
        Facts?.AddAnomaly(kind);
        return Layer.Done;
    }

    /// <summary>Ends the walk at a header that is not whole: cut off by the capture, or wrong.</summary>
    public Layer StopShort(AnomalyKind kind)
    {
        if (IsCut)
        {
            Packet.Flags |= DecodedFlags.Truncated;
            kind = AnomalyKind.IpTruncated;
        }

        return Stop(kind);
    }

    /// <summary>Takes over the facts of an IP header; what an outer one said is forgotten, apart from the tunnel.</summary>
    public void SetNetwork(in IpAddress source, in IpAddress destination, byte protocol, byte timeToLive, bool isV6)
    {
        Packet.Source = source;
        Packet.Destination = destination;
        Packet.Protocol = protocol;
        Packet.TimeToLive = timeToLive;
        Packet.SourcePort = 0;
        Packet.DestinationPort = 0;
        Packet.SequenceNumber = 0;
        Packet.AcknowledgmentNumber = 0;
        Packet.Window = 0;
        Packet.TcpFlags = 0;
        Packet.Flags = DecodedFlags.HasIp | (isV6 ? DecodedFlags.Ipv6 : 0);
        Packet.TunnelKey = Context.CommitTunnels();
        Context.PayloadDatagram = null;
        Packet.PayloadLength = 0;
        Packet.PayloadWireLength = 0;
        Packet.PayloadOffset = 0;
        ref PacketPlace place = ref Context.Place;
        place.Network = Datagram is null ? At : -1;
        place.Transport = -1;
        place.IpLength = WireEnd - At;
        place.Earlier = -1;
        place.Vlans = Vlans;
    }

    /// <summary>Says that the payload begins <paramref name="headerLength"/> bytes from here.</summary>
    public void SetPayload(int headerLength)
    {
        int start = At + headerLength;
        Packet.PayloadOffset = Math.Min(start, End);
        Packet.PayloadLength = Math.Max(0, End - start);
        Packet.PayloadWireLength = Math.Max(0, WireEnd - start);
        Context.PayloadDatagram = Datagram;
        Packet.Flags = (Packet.Flags & ~(DecodedFlags.Reassembled | DecodedFlags.Truncated))
            | (Datagram is null ? 0 : DecodedFlags.Reassembled)
            | (IsCut || _isShort ? DecodedFlags.Truncated : 0);
    }

    /// <summary>Notes that what follows lies in a tunnel whose outer IP header is the last one.</summary>
    /// <param name="type">Name of the tunnel.</param>
    /// <param name="id">Its number for people; 0 for none.</param>
    /// <param name="isIdShared">True when both directions use the same number, so that it tells tunnels apart.</param>
    public readonly void PushTunnel(string type, uint id = 0, bool isIdShared = true) =>
        Context.PushTunnel(new TunnelLayer(type, Packet.Source, Packet.Destination, Packet.SourcePort, Packet.DestinationPort, Packet.Protocol, id), isIdShared, Packet);

    private bool Refuse()
    {
        Report(AnomalyKind.DecodeDepth);
        return false;
    }
}
