namespace Vittne.Packets.Facts;

/// <summary>
/// What the headers of one packet say beyond <see cref="DecodedPacket"/>, layer by layer. Collected only when
/// <see cref="PacketDecoderOptions.CollectsFacts"/> asks for it: then each decoder adds what it read. Facts of an IP header and of what it
/// carries are those of the innermost one; an outer header's are forgotten.
/// </summary>
public sealed class PacketFacts
{
    // More than any walk of encapsulations and IP headers; only stacks of authentication headers get there.
    private const int MaxLayers = 64;

    private readonly List<string> _layers = new(4);
    private readonly List<string> _anomalies = [];
    private readonly List<long> _vlans = [];
    private readonly List<long> _labels = [];
    private readonly List<long> _fragments = [];

    /// <summary>Names of the layers, outermost first, as tshark names protocols.</summary>
    public IReadOnlyList<string> Layers => _layers;

    /// <summary>VLAN identifiers (12 bits of IEEE 802.1Q tags), outermost first.</summary>
    public IReadOnlyList<long> Vlans => _vlans;

    /// <summary>MPLS labels (20 bits), outermost first.</summary>
    public IReadOnlyList<long> MplsLabels => _labels;

    /// <summary>Names of what is wrong, in the order in which it was met; see <see cref="AnomalyNames"/>.</summary>
    public IReadOnlyList<string> Anomalies => _anomalies;

    /// <summary>Hardware address of the sender in the outermost frame, 48 bits; null without.</summary>
    public ulong? SourceMac { get; private set; }

    /// <summary>Hardware address of the receiver in the outermost frame, 48 bits; null without.</summary>
    public ulong? DestinationMac { get; private set; }

    /// <summary>What the whole walk found: addresses, ports, flags.</summary>
    public DecodedPacket Packet { get; internal set; }

    /// <summary>Total length of an IPv4 packet, payload length of an IPv6 one, as the header says.</summary>
    public int? IpLength { get; private set; }

    /// <summary>Identification of an IPv4 packet or of an IPv6 fragment.</summary>
    public long? IpIdentification { get; internal set; }

    /// <summary>Where a fragment begins in its datagram, in bytes; null for IPv6 without fragment header.</summary>
    public int? FragmentOffset { get; internal set; }

    /// <summary>Whether more fragments follow; null for IPv6 without fragment header.</summary>
    public bool? HasMoreFragments { get; internal set; }

    /// <summary>Number of the packet that made the datagram of this fragment whole; null when that is not known, or came much later.</summary>
    public long? FragmentOf { get; internal set; }

    /// <summary>Numbers of the packets with the fragments that this packet made whole.</summary>
    public IReadOnlyList<long> Fragments => _fragments;

    /// <summary>Length field of UDP or UDP-Lite.</summary>
    public int? UdpLength { get; internal set; }

    /// <summary>TCP sequence number, also where the rest of the header is cut off.</summary>
    public uint? TcpSequence { get; internal set; }

    /// <summary>The datagram that an ICMP error quotes, as far as it is quoted; null without. It is no traffic of its own.</summary>
    public PacketFacts? Quoted { get; internal set; }

    internal void AddLayer(string name)
    {
        if (_layers.Count < MaxLayers)
        {
            _layers.Add(name);
        }
    }

    internal void AddFragment(long number) => _fragments.Add(number);

    internal void AddVlan(int id) => _vlans.Add(id);

    internal void AddLabel(uint label) => _labels.Add(label);

    internal void AddAnomaly(AnomalyKind kind)
    {
        string name = AnomalyNames.Name(kind);
        if (!_anomalies.Contains(name))
        {
            _anomalies.Add(name);
        }
    }

    /// <summary>Takes the hardware addresses of a frame, unless an outer one had some.</summary>
    internal void AddMacs(ulong? source, ulong? destination)
    {
        if (SourceMac is null && DestinationMac is null)
        {
            SourceMac = source;
            DestinationMac = destination;
        }
    }

    /// <summary>Begins with a new IP header: what outer ones and their transport said is forgotten.</summary>
    internal void BeginNetwork(int length)
    {
        IpLength = length;
        IpIdentification = null;
        FragmentOffset = null;
        HasMoreFragments = null;
        UdpLength = null;
        TcpSequence = null;
        Quoted = null;
    }
}
