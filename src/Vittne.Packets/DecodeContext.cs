using Vittne.Packets.Facts;
using Vittne.Packets.Fragments;
using Vittne.Packets.Layout;
using Vittne.Packets.Measures;

namespace Vittne.Packets;

/// <summary>What layer decoders need beyond the packet: the batch that is filled, fragments held, the tunnel chain of the current packet.</summary>
internal sealed class DecodeContext
{
    private readonly TunnelLayer[] _chain = new TunnelLayer[LayerWalk.MaxEncapsulations];
    private readonly TunnelChains _chains = new();
    private readonly CarrierPacket[] _carriers;
    private int _pushed;
    private int _committed;
    private ulong _pushedKey;
    private ulong _committedKey;

    /// <param name="options">How packets are decoded.</param>
    /// <param name="isQuoted">True for the walks through datagrams that ICMP errors quote: they are not put together, and quote nothing.</param>
    public DecodeContext(PacketDecoderOptions options, bool isQuoted = false)
    {
        Options = options;
        _carriers = options.KeepsPlaces && !isQuoted ? new CarrierPacket[LayerWalk.MaxEncapsulations] : [];
        Fragments = isQuoted ? null : new FragmentTable(options, Counters);
        Quoted = isQuoted || !(options.CollectsFacts || options.KeepsPlaces) ? null : new DecodeContext(options with { RequiresChecksums = false, AcceptsEspNull = false }, isQuoted: true);
    }

    public PacketDecoderOptions Options { get; }

    public DecodeCounters Counters { get; } = new();

    /// <summary>The fragments that wait for others; null while a quoted datagram is read.</summary>
    public FragmentTable? Fragments { get; }

    /// <summary>For datagrams that ICMP errors quote; null when nobody asks for them.</summary>
    public DecodeContext? Quoted { get; }

    /// <summary>Takes what the layers of the current packet say; null when nobody asks for it.</summary>
    public PacketFacts? Facts { get; set; }

    /// <summary>Takes the places of headers; null when nobody asks for them.</summary>
    public List<HeaderPlace>? Places { get; set; }

    /// <summary>The batch that is filled.</summary>
    public DecodedBatch Batch { get; set; } = new();

    /// <summary>Index of the current packet in it.</summary>
    public int Index { get; set; }

    /// <summary>Its time.</summary>
    public long TimestampNs { get; set; }

    /// <summary>Its number in its capture.</summary>
    public long Number { get; set; }

    /// <summary>Where the innermost headers of the current packet lie, so far.</summary>
    public PacketPlace Place;

    /// <summary>The reassembled datagram that holds the payload; null when the packet itself does.</summary>
    public byte[]? PayloadDatagram { get; set; }

    /// <summary>The chain of tunnels around the last IP header.</summary>
    public TunnelLayer[] Tunnel => _committed == 0 ? [] : _chains.Share(_chain.AsSpan(0, _committed), _committedKey);

    /// <summary>Forgets the packet before.</summary>
    public void Begin(int index, long timestampNs, long number)
    {
        Index = index;
        TimestampNs = timestampNs;
        Number = number;
        PayloadDatagram = null;
        _pushed = 0;
        _committed = 0;
        _pushedKey = 0;
        _committedKey = 0;
    }

    /// <summary>Adds to the list of what is wrong in the current packet.</summary>
    public void Report(AnomalyKind kind, string detail)
    {
        Facts?.AddAnomaly(kind);
        Batch.Anomalies.Add(new PacketAnomaly(Index, kind, detail));
    }

    /// <summary>Adds a tunnel to the chain; it counts once an IP header is found in it.</summary>
    public void PushTunnel(in TunnelLayer layer, bool isIdShared, in DecodedPacket carrier)
    {
        if (_pushed < _chain.Length)
        {
            if (_carriers.Length > 0)
            {
                _carriers[_pushed] = new CarrierPacket(Index, 0, carrier, Place, [], layer.Type);
            }

            _chain[_pushed++] = layer;
            _pushedKey = TunnelChains.Extend(_pushedKey, layer, isIdShared);
        }
    }

    /// <summary>Puts the packet into the batch once for each of its tunnels with an IP header of its own.</summary>
    public void TellCarriers(int networkInterface)
    {
        int level = 0;
        for (int i = 0; i < _committed && i < _carriers.Length; i++)
        {
            // Two tunnels in one IP packet: the inner one names it.
            if (i + 1 < _committed && _carriers[i + 1].Place.Network == _carriers[i].Place.Network && _carriers[i].Place.Network >= 0)
            {
                continue;
            }

            DecodedPacket packet = _carriers[i].Packet;
            SetKey(ref packet, _carriers[i].Place.Vlans, networkInterface);
            Batch.Carriers.Add(_carriers[i] with { Level = level, Packet = packet, Tunnel = level == 0 ? [] : _chain[..i] });
            level++;
        }
    }

    /// <summary>Sets the key of a packet to what tells flows apart, and its hash.</summary>
    public void SetKey(ref DecodedPacket packet, ulong vlans, int networkInterface)
    {
        const ulong multiplier = 0x9E37_79B9_7F4A_7C15;
        FlowKeyParts parts = Options.KeyParts;
        if (parts != FlowKeyParts.Tunnel)
        {
            ulong key = (parts & FlowKeyParts.Tunnel) != 0 ? packet.TunnelKey : 0;
            key = (parts & FlowKeyParts.Vlan) != 0 && vlans != 0 ? (key ^ vlans) * multiplier : key;
            packet.TunnelKey = (parts & FlowKeyParts.Interface) != 0 ? (key + (uint)networkInterface + 1) * multiplier : key;
        }

        FlowHash.Set(ref packet);
    }

    /// <summary>Says that an IP header was found in the tunnels pushed so far. Returns the key of the chain.</summary>
    public ulong CommitTunnels()
    {
        _committed = _pushed;
        _committedKey = _pushedKey;
        return _committedKey;
    }
}
