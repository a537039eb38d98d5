using static Vittne.Flows.Aggregation.MergeRules;

namespace Vittne.Flows.Records;

/// <content>How two become one.</content>
public sealed partial class FlowSideStatistics
{
    /// <summary>Takes the statistics of another record's same side in.</summary>
    internal void Merge(FlowSideStatistics other)
    {
        GapMean = Same(GapMean, other.GapMean);
        GapDeviation = Same(GapDeviation, other.GapDeviation);
        Jitter = Same(Jitter, other.Jitter);
        SizeMean = Same(SizeMean, other.SizeMean);
        SizeDeviation = Same(SizeDeviation, other.SizeDeviation);
        SizeMin = Smaller(SizeMin, other.SizeMin);
        SizeMax = Math.Max(SizeMax, other.SizeMax);
        HeaderBytes = FlowRecord.Sum(HeaderBytes, other.HeaderBytes);
        InitialWindow = Same(InitialWindow, other.InitialWindow);
        if (FlagPackets is null)
        {
            FlagPackets = other.FlagPackets;
        }
        else if (other.FlagPackets is { } counts)
        {
            for (int bit = 0; bit < FlagCount; bit++)
            {
                FlagPackets[bit] = FlowRecord.Sum(FlagPackets[bit], counts[bit]);
            }
        }
    }
}
