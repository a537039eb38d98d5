using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;

namespace Vittne.Protocols;

/// <summary>All kinds of record that decoding gives, by name: one line a kind.</summary>
public static class RecordSchemas
{
    /// <summary>The kinds in order of their names.</summary>
    public static IReadOnlyList<RecordSchema> All { get; } =
    [
        AnomalySchema.Schema,
        DnsSchema.Schema,
        HttpSchema.Schema,
    ];
}
