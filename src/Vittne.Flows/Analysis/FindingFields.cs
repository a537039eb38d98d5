using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis;

/// <summary>Fields that all kinds of finding end with.</summary>
internal static class FindingFields
{
    /// <summary>The fields of a kind, then those of all.</summary>
    public static RecordField<T>[] With<T>(params RecordField<T>[] own)
        where T : FlowFinding =>
    [
        .. own,
        Field.Integer<T>("flows", "flows behind it", static finding => finding.Flows),
        Field.Time<T>("first", "their first packet", static finding => finding.FirstNs < 0 ? null : finding.FirstNs),
        Field.Time<T>("last", "their last packet", static finding => finding.LastNs < 0 ? null : finding.LastNs),
        Field.Integers<T>("evidence", "ids of the first flows behind it, at most 20", static finding => finding.Evidence),
    ];

    /// <summary>A duration as seconds.</summary>
    public static double Seconds(long ns) => ns / 1e9;
}
