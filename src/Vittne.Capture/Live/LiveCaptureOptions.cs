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
