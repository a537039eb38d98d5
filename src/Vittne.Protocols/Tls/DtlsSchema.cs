using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Tls;

/// <summary>Schema of <see cref="DtlsHandshakeRecord"/>.</summary>
public static class DtlsSchema
{
    /// <summary>Record <c>dtls</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<DtlsHandshakeRecord, HandshakeView>(
        "dtls",
        "DTLS handshakes: names, versions, ciphers, certificates, fingerprints",
        static record => new HandshakeView(record.Handshake, TlsCarrier.Dtls),
        TlsFields.Summarise,
        [
            .. TlsFields.For("dtls"),
            Field.Flag<HandshakeView>("cookie", "true when the client returned a cookie", static view => view.Handshake.HasCookie),
            Field.Integer<HandshakeView>("epoch", "highest epoch seen", static view => view.Handshake.Epoch),
        ]);
}
