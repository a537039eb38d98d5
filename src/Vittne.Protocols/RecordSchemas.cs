using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Protocols.Nbns;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;

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
        DtlsSchema.Schema,
        HttpSchema.Schema,
        NbnsSchema.Schema,
        PacketSchema.Schema,
        QuicSchema.Schema,
        SshSchema.Schema,
        TlsSchema.Schema,
        X509Schema.Schema,
    ];
}
