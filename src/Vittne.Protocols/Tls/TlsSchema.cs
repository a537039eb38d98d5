using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Tls;

/// <summary>Schema of <see cref="TlsHandshakeRecord"/>.</summary>
public static class TlsSchema
{
    /// <summary>Record <c>tls</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<TlsHandshakeRecord, HandshakeView>(
        "tls",
        "TLS and SSL handshakes: names, versions, ciphers, certificates, fingerprints",
        static record => new HandshakeView(record.Handshake, TlsCarrier.Tls),
        TlsFields.Summarise,
        [
            .. TlsFields.For("tls"),
            Field.Text<HandshakeView>(
                "starttls",
                "protocol in whose stream TLS was started: `smtp`, `imap`, `http`, …",
                static view => view.Handshake.StartTls is { Length: > 0 } outer ? outer : null),
        ]);
}
