namespace Vittne.Flows.Records;

/// <content>What aggregation adds.</content>
public static partial class FlowFields
{
    private static FlowField[] MergedParts() =>
    [
        Integer("trans", "records merged", r => r.Merged?.Flows ?? (r.IsAggregated ? 1 : -1), (r, v) => r.NeedMerged().Flows = v, FlowMerge.Own),
        Duration("runtime", "sum of durations, s", r => r.Merged is { RuntimeNs: >= 0 and var sum } ? sum : OwnDuration(r), (r, v) => r.NeedMerged().RuntimeNs = v, FlowMerge.Own),
        Decimal("mean", "mean duration, s", r => r.Merged is { DurationMean: >= 0 and var mean } ? mean : OwnDuration(r) is >= 0 and var own ? own / 1e9 : double.NaN, (r, v) => r.NeedMerged().DurationMean = v, FlowMerge.Own),
        Duration("min", "shortest duration, s", r => r.Merged is { DurationMinNs: >= 0 and var shortest } ? shortest : OwnDuration(r), (r, v) => r.NeedMerged().DurationMinNs = v, FlowMerge.Own),
        Duration("max", "longest duration, s", r => r.Merged is { DurationMaxNs: >= 0 and var longest } ? longest : OwnDuration(r), (r, v) => r.NeedMerged().DurationMaxNs = v, FlowMerge.Own),
        Decimal("stddev", "standard deviation of durations, s", r => r.Merged is { DurationDeviation: >= 0 and var deviation } ? deviation : OwnDuration(r) >= 0 ? 0 : double.NaN, (r, v) => r.NeedMerged().DurationDeviation = v, FlowMerge.Own),
        Text("soui", "vendor part of the hardware address, originator", r => VendorText(r.Merged?.SourceVendor ?? -1), (r, v) => r.NeedMerged().SourceVendor = ParseVendor(v), FlowMerge.Own),
        Text("doui", "vendor part of the hardware address, responder", r => VendorText(r.Merged?.DestinationVendor ?? -1), (r, v) => r.NeedMerged().DestinationVendor = ParseVendor(v), FlowMerge.Own),
        Integer("hour", "hour of the day (UTC) in which the flows began", r => r.Merged?.Hour ?? -1, (r, v) => r.NeedMerged().Hour = (int)Math.Min(v, 23), FlowMerge.Own),
        Time("day", "day (UTC) on which the flows began", r => r.Merged?.DayNs ?? -1, (r, v) => r.NeedMerged().DayNs = v, FlowMerge.Own),
    ];

    // A record of one flow that went through aggregation says of itself what it would of several; its part for that is only made for several.
    private static long OwnDuration(FlowRecord record) => record.IsAggregated && (record.Merged?.Flows ?? 1) == 1 ? record.DurationNs : -1;

    private static string? VendorText(int vendor) => vendor < 0 ? null : FlowAddress.OfMac((long)vendor << 24).ToString()[..8];

    private static int ParseVendor(string text) => FlowAddress.TryParseMac(text + ":0:0:0", out long mac) ? (int)(mac >> 24) : -1;
}
