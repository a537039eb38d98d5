using Vittne.Capture.Filters;

namespace Vittne.Engine.Filter;

/// <summary>What a run read, kept and could not do.</summary>
public sealed class FilterSummary
{
    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets that were kept.</summary>
    public long Kept { get; internal set; }

    /// <summary>Copies that were left out.</summary>
    public long Duplicates { get; internal set; }

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

    /// <summary>What is wrong with a packet so that the run could not go on, or null.</summary>
    public string? Problem { get; internal set; }

    /// <summary>Whether whoever read standard output wanted no more.</summary>
    public bool IsReaderGone { get; internal set; }

    /// <summary>Why the expression cannot be used for these inputs, or null; no output was opened then.</summary>
    public FilterError? ExpressionError { get; internal set; }

    /// <summary>Whether nothing was done, since the inputs do not go with what was asked for.</summary>
    public bool IsRefused => ExpressionError is not null || Refusal is not null;

    /// <summary>The expression that packets had to match; null for all packets.</summary>
    public string? Expression { get; internal set; }

    /// <summary>Whether it is certain that no packet of the inputs can match.</summary>
    public bool IsProvenEmpty { get; internal set; }

    /// <summary>Whether frames with VLAN tags were seen.</summary>
    public bool HasVlans { get; internal set; }

    /// <summary>Why these inputs cannot be written that way, or null; no output was opened then.</summary>
    public string? Refusal { get; internal set; }

    /// <summary>Whether the run was stopped before its end.</summary>
    public bool IsStopped { get; internal set; }
}
