using Vittne.Packets.Records.Schema;

namespace Vittne.Packets.Records;

/// <summary>Schema of <see cref="AnomalyRecord"/>.</summary>
public static class AnomalySchema
{
    /// <summary>Record <c>anomaly</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<AnomalyRecord, AnomalyRecord>(
        "anomaly",
        "Bytes that could not be understood, or that no honest sender produces",
        static record => record,
        static record => record.Detail.Length == 0 ? AnomalyNames.Name(record.Kind) : $"{AnomalyNames.Name(record.Kind)} {record.Detail}",
        Field.Text<AnomalyRecord>("kind", "layer and fault: `dns.name`, `tls.length`, …", static record => AnomalyNames.Name(record.Kind)),
        Field.Text<AnomalyRecord>("detail", "what was measured, for people", static record => record.Detail.Length > 0 ? record.Detail : null));
}
