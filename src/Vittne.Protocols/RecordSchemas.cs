using Vittne.Packets.Records.Schema;
using Vittne.Packets.Records;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Protocols.Nbns;
using Vittne.Protocols.Ssh;

namespace Vittne.Protocols;

/// <summary>All kinds of record that decoding gives, by name: one line a kind.</summary>
public static class RecordSchemas
{
    /// <summary>The kinds in order of their names.</summary>
    public static IReadOnlyList<RecordSchema> All { get; } =
    [
        AnomalySchema.Schema,
        DhcpSchema.Schema,
        DnsSchema.Schema,
        HttpSchema.Schema,
        NbnsSchema.Schema,
        PacketSchema.Schema,
        SshSchema.Schema,
    ];
}
