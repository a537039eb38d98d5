using static Vittne.Flows.Aggregation.MergeRules;

namespace Vittne.Flows.Records;

/// <content>How two become one.</content>
public sealed partial class FlowStatistics
{
    /// <summary>Takes the statistics of another record in.</summary>
    internal void Merge(FlowStatistics other)
    {
        Source.Merge(other.Source);
        Destination.Merge(other.Destination);
        ActiveMean = Same(ActiveMean, other.ActiveMean);
        ActiveDeviation = Same(ActiveDeviation, other.ActiveDeviation);
        IdleMean = Same(IdleMean, other.IdleMean);
        IdleDeviation = Same(IdleDeviation, other.IdleDeviation);
        LongestSilenceNs = Math.Max(LongestSilenceNs, other.LongestSilenceNs);
    }
}
