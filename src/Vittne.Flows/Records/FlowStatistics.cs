namespace Vittne.Flows.Records;

/// <summary>Statistics over the packets of a flow, each way. NaN or -1: unknown, fewer packets than the measure needs, or not asked for.</summary>
public sealed partial class FlowStatistics
{
    /// <summary>Packets of the originator.</summary>
    public FlowSideStatistics Source { get; private set; } = new();

    /// <summary>Packets of the responder.</summary>
    public FlowSideStatistics Destination { get; private set; } = new();

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

    /// <summary>Lets originator and responder change places.</summary>
    public void Turn() => (Source, Destination) = (Destination, Source);

    /// <summary>A copy that can be changed by itself.</summary>
    internal FlowStatistics Copy()
    {
        var copy = (FlowStatistics)MemberwiseClone();
        copy.Source = Source.Copy();
        copy.Destination = Destination.Copy();
        return copy;
    }
}
