using Vittne.Capture.Live;

namespace Vittne.Engine.Recording;

/// <summary>What was recorded, and why it ended before its time.</summary>
public sealed class RecordingSummary
{
    /// <summary>Packets written.</summary>
    public long Packets { get; internal set; }

    /// <summary>Counts of the interface at the end.</summary>
    public LiveCounters Counters { get; internal set; }

    /// <summary>What happened to the interface, as a sentence without its name, or null.</summary>
    public string? SourceFailure { get; internal set; }

    /// <summary>Why writing ended early, or null.</summary>
    public string? OutputFailure { get; internal set; }

    /// <summary>Whether whoever read standard output wanted no more.</summary>
    public bool IsReaderGone { get; internal set; }

    /// <summary>Whether the disk became too full.</summary>
    public bool IsDiskFull { get; internal set; }
}
