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
}
