namespace Vittne.Engine.Spine;

/// <summary>What a run read, and what it could not read: the closing line is made of it.</summary>
public sealed class SpineSummary
{
    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets left out by the time range.</summary>
    public long OutsideTime { get; internal set; }

    /// <summary>Packets left out by the filter.</summary>
    public long Filtered { get; internal set; }

    /// <summary>Packets that reached no network layer or whose headers were impossible.</summary>
    public long NotDecoded { get; internal set; }

    /// <summary>Their number by reason, most frequent first.</summary>
    public IReadOnlyList<(string Reason, long Packets)> NotDecodedBy { get; internal set; } = [];

    /// <summary>Captures that were read to a regular end or to a cut.</summary>
    public int CapturesRead { get; internal set; }

    /// <summary>Captures that could not be opened or broke: each has a line in <see cref="Notes"/>.</summary>
    public int CapturesFailed { get; internal set; }

    /// <summary>Cuts and damages found; what came before them counts.</summary>
    public int CapturesCut { get; internal set; }

    /// <summary>Sentences for people, in order.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>True when the run was stopped before its end.</summary>
    public bool IsStopped { get; internal set; }
}
