namespace Vittne.Flows.Records;

/// <summary>What aggregation adds to a record.</summary>
public sealed class FlowMerged
{
    /// <summary>Records that were merged.</summary>
    public long Flows { get; set; } = 1;

    /// <summary>Sum of their durations, nanoseconds.</summary>
    public long RuntimeNs { get; set; } = -1;

    /// <summary>Mean of their durations, seconds.</summary>
    public double DurationMean { get; set; } = double.NaN;

    /// <summary>Standard deviation of their durations, seconds.</summary>
    public double DurationDeviation { get; set; } = double.NaN;

    /// <summary>Shortest duration, nanoseconds.</summary>
    public long DurationMinNs { get; set; } = -1;

    /// <summary>Longest duration, nanoseconds.</summary>
    public long DurationMaxNs { get; set; } = -1;

    /// <summary>First three bytes of the originator's hardware address, when it is a key.</summary>
    public int SourceVendor { get; set; } = -1;

    /// <summary>First three bytes of the responder's hardware address, when it is a key.</summary>
    public int DestinationVendor { get; set; } = -1;

    /// <summary>Hour (0-23, UTC) in which the flows began, when it is a key.</summary>
    public int Hour { get; set; } = -1;

    /// <summary>Day (nanoseconds since the epoch at its UTC midnight) in which the flows began, when it is a key.</summary>
    public long DayNs { get; set; } = -1;

    /// <summary>Sums behind the means of <c>tcprtt</c>, <c>synack</c>, <c>ackdat</c> and <c>rtt_avg</c>, then over how many records each is; null where they are not known.</summary>
    internal long[]? MeanParts { get; set; }

    /// <summary>Lets originator and responder change places.</summary>
    public void Turn()
    {
        (SourceVendor, DestinationVendor) = (DestinationVendor, SourceVendor);
    }

    /// <summary>A copy that can be changed by itself.</summary>
    internal FlowMerged Copy() => (FlowMerged)MemberwiseClone();
}
