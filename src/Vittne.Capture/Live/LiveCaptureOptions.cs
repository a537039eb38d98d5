using Vittne.Capture.Filters;

namespace Vittne.Capture.Live;

/// <summary>How packets are taken from an interface.</summary>
public sealed record LiveCaptureOptions
{
    /// <summary>Bytes of one block of the ring: a multiple of the page size, and more than the largest packet.</summary>
    public const int BlockLength = 1 << 20;

    /// <summary>Largest ring, 16 GiB.</summary>
    public const long MaxRingLength = 16L << 30;

    /// <summary>Bytes of the ring between kernel and program, rounded up to whole blocks. Default 64 MiB.</summary>
    public long RingLength { get; init; } = 64L * BlockLength;

    /// <summary>
    /// Rings that the kernel fills side by side, all packets between two ends in one of them (PACKET_FANOUT), each of <see cref="RingLength"/>.
    /// Packets are handed out in order of time for any number.
    /// </summary>
    public int Rings { get; init; } = 1;

    /// <summary>
    /// Whether to wait when the interface goes down or away, until it is back. One that was removed comes back for a single ring only: the kernel ends
    /// a group with its interface.
    /// </summary>
    public bool WaitsForReturn { get; init; }

    /// <summary>Milliseconds after which the kernel hands over a block that is not full.</summary>
    public int RetireMilliseconds { get; init; } = 60;

    /// <summary>Also takes packets that are not for this machine. Has no effect on <c>any</c>.</summary>
    public bool IsPromiscuous { get; init; } = true;

    /// <summary>Bytes of a packet that are taken at most, link header included.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>
    /// What the kernel is to leave out; null for nothing. It may hand over more packets than match, never fewer: who reads has to look again.
    /// </summary>
    public PacketFilter? Filter { get; init; }

    /// <summary>Ends after this many packets.</summary>
    public long MaxPackets { get; init; } = long.MaxValue;

    /// <summary>Ends after this time; null goes on until it is stopped.</summary>
    public TimeSpan? Duration { get; init; }
}
