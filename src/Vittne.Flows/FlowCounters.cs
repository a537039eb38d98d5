namespace Vittne.Flows;

/// <summary>What flow tracking had to give up or found odd; told at the end of a run.</summary>
public sealed class FlowCounters
{
    /// <summary>Flows that began.</summary>
    public long Flows { get; internal set; }

    /// <summary>Flows ended early because the table was full.</summary>
    public long Evicted { get; internal set; }

    /// <summary>Gaps declared in streams.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Bytes in these gaps.</summary>
    public long GapBytes { get; internal set; }

    /// <summary>Bytes that came after their gap was declared.</summary>
    public long LateBytes { get; internal set; }

    /// <summary>Bytes of which a later copy had another content.</summary>
    public long ConflictBytes { get; internal set; }

    /// <summary>Gaps declared because a bound on waiting bytes was reached.</summary>
    public long ReorderLimits { get; internal set; }

    /// <summary>Adds the counts of another worker.</summary>
    public void Add(FlowCounters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Flows += other.Flows;
        Evicted += other.Evicted;
        Gaps += other.Gaps;
        GapBytes += other.GapBytes;
        LateBytes += other.LateBytes;
        ConflictBytes += other.ConflictBytes;
        ReorderLimits += other.ReorderLimits;
    }
}
