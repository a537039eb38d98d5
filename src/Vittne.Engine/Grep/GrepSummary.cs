namespace Vittne.Engine.Grep;

/// <summary>What a search read and found.</summary>
public sealed class GrepSummary
{
    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets in which IP was found (and that passed the filter): those that can match.</summary>
    public long Searched { get; internal set; }

    /// <summary>Payloads that match, shown or not.</summary>
    public long Matches { get; internal set; }

    /// <summary>Packets told.</summary>
    public long Shown { get; internal set; }

    /// <summary>Searches given up at the limit of their steps; they count as without a match.</summary>
    public long StepLimits { get; internal set; }

    /// <summary>Flows whose first match is not remembered any more because there were too many.</summary>
    public bool FlowsForgotten { get; internal set; }

    /// <summary>Bytes of streams that the capture lacks: no match goes over the gap.</summary>
    public long GapBytes { get; internal set; }

    /// <summary>Captures that were read to a regular end or to a cut.</summary>
    public int CapturesRead { get; internal set; }

    /// <summary>Captures that could not be opened or broke: each has a line in <see cref="Notes"/>.</summary>
    public int CapturesFailed { get; internal set; }

    /// <summary>Cuts and damages found; what came before them counts.</summary>
    public int CapturesCut { get; internal set; }

    /// <summary>Sentences for people, in order.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>True when the run was stopped from outside before its end.</summary>
    public bool IsStopped { get; internal set; }
}
