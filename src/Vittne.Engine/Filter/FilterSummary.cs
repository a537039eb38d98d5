namespace Vittne.Engine.Filter;

/// <summary>What a run read, kept and could not do.</summary>
public sealed class FilterSummary
{
    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets that were kept.</summary>
    public long Kept { get; internal set; }

    /// <summary>Captures that were opened.</summary>
    public int CapturesRead { get; internal set; }

    /// <summary>Captures that could not be opened.</summary>
    public int CapturesFailed { get; internal set; }

    /// <summary>Captures that are cut or damaged; what is before the damage was read.</summary>
    public int CapturesCut { get; internal set; }

    /// <summary>Remarks for people, each with the name of its capture.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why writing ended early, or null.</summary>
    public string? OutputFailure { get; internal set; }

    /// <summary>Whether whoever read standard output wanted no more.</summary>
    public bool IsReaderGone { get; internal set; }

    /// <summary>Why these inputs cannot be written that way, or null; no output was opened then.</summary>
    public string? Refusal { get; internal set; }

    /// <summary>Whether the run was stopped before its end.</summary>
    public bool IsStopped { get; internal set; }
}
