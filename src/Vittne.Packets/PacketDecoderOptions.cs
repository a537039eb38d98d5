using Vittne.Packets.Fragments;

namespace Vittne.Packets;

/// <summary>How packets are decoded. The defaults suit forensics: everything that can be understood is.</summary>
public sealed record PacketDecoderOptions
{
    private const long Second = 1_000_000_000;

    /// <summary>Which bytes count where fragments overlap.</summary>
    public FragmentPolicy FragmentPolicy { get; init; } = FragmentPolicy.Bsd;

    /// <summary>Capture time after the first fragment at which an IPv4 datagram is given up.</summary>
    public long FragmentTimeoutV4Ns { get; init; } = 30 * Second;

    /// <summary>Capture time after the first fragment at which an IPv6 datagram is given up (RFC 8200 section 4.5).</summary>
    public long FragmentTimeoutV6Ns { get; init; } = 60 * Second;

    /// <summary>Bytes of fragments held at most, bookkeeping included; the oldest datagram goes first.</summary>
    public long MaxFragmentBytes { get; init; } = 64L << 20;

    /// <summary>Incomplete datagrams held at most.</summary>
    public int MaxFragmentedDatagrams { get; init; } = 65_536;

    /// <summary>Fragments of one datagram; with more it is given up.</summary>
    public int MaxFragmentsPerDatagram { get; init; } = 1_024;

    /// <summary>Link type that frames of types without decoder (147-162 for private use, and unknown ones) are read as; null for none.</summary>
    public ushort? AssumedLinkType { get; init; }

    /// <summary>
    /// Whether payloads of ESP are read as if the cipher were NULL where their padding and checksums say that it is. Encrypted ones may look so
    /// by chance, once in many millions.
    /// </summary>
    public bool AcceptsEspNull { get; init; }

    /// <summary>
    /// Whether packets with a wrong checksum (IPv4 header, TCP, UDP, ICMP) count as not decoded, as their receiver would drop them. Off: captures
    /// made on a sender hold packets whose checksums its network card was to make.
    /// </summary>
    public bool RequiresChecksums { get; init; }

    /// <summary>Whether <see cref="DecodedBatch.Facts"/> is filled. Costs an object per packet and the short way for common packets.</summary>
    public bool CollectsFacts { get; init; }

    /// <summary>
    /// Whether <see cref="DecodedBatch.Places"/>, <see cref="DecodedBatch.Carriers"/>, <see cref="DecodedBatch.Quotes"/> and
    /// <see cref="DecodedBatch.Earlier"/> are filled: what meters of traffic need. Common packets still go the short way.
    /// </summary>
    public bool KeepsPlaces { get; init; }

    /// <summary>What tells flows apart; goes into <see cref="DecodedPacket.TunnelKey"/> and <see cref="DecodedPacket.FlowHash"/>.</summary>
    public FlowKeyParts KeyParts { get; init; } = FlowKeyParts.Tunnel;

    /// <summary>True when something is asked for that the short way for common packets does not give.</summary>
    internal bool NeedsLayers => CollectsFacts || RequiresChecksums || AcceptsEspNull || (KeyParts & FlowKeyParts.Interface) != 0;
}
