using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>What a search reads, and with how many hands.</summary>
public sealed record GrepInput
{
    /// <summary>Capture files in order; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>What is read instead of captures; whoever opened it disposes it. Null for captures.</summary>
    public ILiveSource? Live { get; init; }

    /// <summary>Called when packets of a live source were looked at and when nothing came for a while. Null when nobody wants it.</summary>
    public Action? Turn { get; init; }

    /// <summary>Which packets are searched; null for all.</summary>
    public PacketFilter? Filter { get; init; }

    /// <summary>Threads in all; 1 means that no second thread is started.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Packets before this time are left out; nanoseconds since the epoch.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>Packets after this time are left out; nanoseconds since the epoch.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>How fragments are put together.</summary>
    public PacketDecoderOptions Decoding { get; init; } = new();

    /// <summary>Called about ten times a second with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
