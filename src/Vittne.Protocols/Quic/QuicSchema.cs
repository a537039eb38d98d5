using System.Globalization;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>Schema of <see cref="QuicHandshakeRecord"/>.</summary>
public static class QuicSchema
{
    /// <summary>Record <c>quic</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<QuicHandshakeRecord, QuicView>(
        "quic",
        "QUIC handshakes, decrypted from their Initial packets: names, versions, fingerprints",
        static record => new QuicView(record.Handshake),
        Summarise,
        Field.Text<QuicView>("version", "`1`, `2`, `draft-29`, `Q043`, else the number in hex", static view => QuicVersion.NameOf(view.Version)),
        Field.Text<QuicView>("version_id", "its number, eight hex digits", static view => Hex8(view.Version)).Also("quic.version"),
        Field.Texts<QuicView>("versions_seen", "all versions of the flow in order, where there are several", VersionsSeen),
        Field.Text<QuicView>("sni", "server name as the client sent it", static view => view.Sni).Also("gquic.tag.sni"),
        Field.Texts<QuicView>(
            "client_alpn", "application protocols that the client offers", static view => view.HasClient ? HandshakeView.TextsOf(view.Client.Alpn) : null),
        Field.Text<QuicView>(
            "alpn",
            "application protocol chosen; with recorded secrets only",
            static view => HandshakeView.TextOf(EncryptedExtensions.Alpn(view.Handshake.EncryptedExtensions))),
        Field.Text<QuicView>(
            "initial_dcid", "destination connection id of the client's first packet", static view => HandshakeView.HexOf(view.Handshake.InitialDestinationId))
            .Also("quic.dcid"),
        Field.Text<QuicView>("client_scid", "connection id of the client", static view => HandshakeView.HexOf(view.Handshake.ClientSourceId))
            .Also("quic.scid"),
        Field.Text<QuicView>("server_scid", "connection id of the server", static view => HandshakeView.HexOf(view.Handshake.ServerSourceId)),
        Field.Text<QuicView>("ja3", "JA3 of the ClientHello", static view => view.Ja3),
        Field.Text<QuicView>("ja4", "JA4 of the ClientHello", static view => view.Ja4),
        Field.Text<QuicView>(
            "cipher", "cipher suite chosen, by its IANA name", static view => view.HasServer ? CipherSuites.Name(view.Server.CipherSuite) : null),
        Field.Text<QuicView>(
            "cipher_id", "its number, four hex digits", static view => view.HasServer ? HandshakeView.Hex4(view.Server.CipherSuite) : null),
        Field.Texts<QuicView>(
            "client_extensions",
            "extensions of the ClientHello in order, GREASE included",
            static view => view.HasClient ? HandshakeView.HexOf(view.Client.Extensions) : null),
        Field.Flag<QuicView>("retry", "true when the server sent a Retry", static view => view.Handshake.HasRetry ? true : null),
        Field.Flag<QuicView>("retry_tag_valid", "whether its integrity tag is right", static view => view.Handshake.IsRetryGenuine),
        Field.Flag<QuicView>("zero_rtt", "true when the client sent early data", static view => view.Handshake.HasZeroRtt ? true : null),
        Field.Text<QuicView>("user_agent", "client software, where it names itself", static view => view.UserAgent).Also("gquic.tag.uaid"),
        Field.Integer<QuicView>(
            "token_len", "length of the client's token in bytes", static view => view.Handshake.TokenLength is > 0 and int length ? length : null)
            .Also("quic.token_length"),
        Field.Objects<QuicView, TransportParameter>(
            "transport_parameters",
            "transport parameters of the client in order",
            static view => view.Parameters,
            Field.Integer<TransportParameter>("id", "number", static parameter => parameter.Id),
            Field.Text<TransportParameter>("hex", "value", static parameter => HandshakeView.HexOf(parameter.Value))),
        Field.Integer<QuicView>("initial_packets", "number of Initial packets up to the end of the hellos", static view => view.Handshake.InitialPackets),
        Field.Text<QuicView>(
            "failed",
            "why there is no hello: `decrypt` `incomplete` `version`",
            static view => view.Handshake.Failed is { Length: > 0 } reason ? reason : null).Also("quic.decryption_failed"));

    private static string Hex8(uint version) => version.ToString("x8", CultureInfo.InvariantCulture);

    private static List<string>? VersionsSeen(QuicView view)
    {
        if (view.Handshake.Versions.Count < 2)
        {
            return null;
        }

        List<string> names = [];
        foreach (uint version in view.Handshake.Versions)
        {
            names.Add(QuicVersion.NameOf(version));
        }

        return names;
    }

    private static string Summarise(QuicView view)
    {
        string name = view.Sni ?? (view.Handshake.Failed.Length > 0 ? $"failed={view.Handshake.Failed}" : "no server name");
        string alpn = view.HasClient && !view.Client.Alpn.First.IsEmpty ? $" {HandshakeView.TextOf(view.Client.Alpn.First)}" : "";
        return $"{name} version={QuicVersion.NameOf(view.Version)}{alpn}{(view.Ja4 is { } ja4 ? $" ja4={ja4}" : "")}";
    }
}
