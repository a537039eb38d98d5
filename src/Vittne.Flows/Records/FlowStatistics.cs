namespace Vittne.Flows.Records;

/// <summary>Statistics over the packets of a flow, each way. NaN or -1: unknown, fewer packets than the measure needs, or not asked for.</summary>
public sealed class FlowStatistics
{
    /// <summary>Packets of the originator.</summary>
    public FlowSideStatistics Source { get; } = new();

    /// <summary>Packets of the responder.</summary>
    public FlowSideStatistics Destination { get; } = new();

    /// <summary>Mean length of active phases (no gap over 5 s), seconds.</summary>
    public double ActiveMean { get; set; } = double.NaN;

    /// <summary>Standard deviation of active phases, seconds.</summary>
    public double ActiveDeviation { get; set; } = double.NaN;

    /// <summary>Mean length of gaps over 5 s, seconds.</summary>
    public double IdleMean { get; set; } = double.NaN;

    /// <summary>Standard deviation of gaps over 5 s, seconds.</summary>
    public double IdleDeviation { get; set; } = double.NaN;

    /// <summary>Longest time without a packet of either side, nanoseconds.</summary>
    public long LongestSilenceNs { get; set; } = -1;
}
