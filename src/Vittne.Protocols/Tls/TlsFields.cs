using Vittne.Packets.Records.Schema;
using Vittne.Protocols.X509;

namespace Vittne.Protocols.Tls;

/// <summary>The fields that records <c>tls</c> and <c>dtls</c> share.</summary>
internal static class TlsFields
{
    /// <summary>Most entries of a list.</summary>
    public const int MaxItems = 1_024;

    /// <summary>The fields in order, with tshark's names for one of the two protocols.</summary>
    /// <param name="prefix">What tshark's names begin with: <c>tls</c> or <c>dtls</c>.</param>
    public static RecordField<HandshakeView>[] For(string prefix)
    {
        string handshake = $"{prefix}.handshake.";
        return
        [
            Field.Text<HandshakeView>("version", "version negotiated: `TLSv1.2`, `DTLSv1.2`, …; drafts as four hex digits", static view => view.Version),
            Field.Text<HandshakeView>(
                "client_version", "version field of the ClientHello", static view => view.ClientVersion is { } version ? TlsVersionName.Of(version) : null)
                .Also($"{handshake}version"),
            Field.Texts<HandshakeView>("client_versions", "versions in its supported_versions, without GREASE", ClientVersions)
                .Also($"{handshake}extensions.supported_version"),
            Field.Text<HandshakeView>(
                "record_version",
                "version field of the first record",
                static view => view.Handshake.RecordVersion is { } version ? TlsVersionName.Of(version) : null).Also($"{prefix}.record.version"),
            Field.Text<HandshakeView>("sni", "server name as the client sent it", static view => view.Sni).Also($"{handshake}extensions_server_name"),
            Field.Texts<HandshakeView>(
                "client_alpn", "application protocols that the client offers", static view => view.HasClient ? HandshakeView.TextsOf(view.Client.Alpn) : null)
                .Also($"{handshake}extensions_alpn_str"),
            Field.Text<HandshakeView>(
                "alpn", "application protocol chosen; in TLS 1.3 with recorded secrets only", static view => view.Alpn),
            Field.Text<HandshakeView>(
                "cipher", "cipher suite chosen, by its IANA name", static view => view.HasServer ? CipherSuites.Name(view.Server.CipherSuite) : null),
            Field.Text<HandshakeView>(
                "cipher_id",
                "its number, four hex digits",
                static view => view.HasServer ? HandshakeView.Hex4(view.Server.CipherSuite) : null).Also($"{handshake}ciphersuite"),
            Field.Texts<HandshakeView>("client_ciphers", "cipher suites offered", ClientCiphers),
            Field.Text<HandshakeView>(
                "curve",
                "group of the key exchange by its IANA name",
                static view => view.Handshake.Group is { } group ? NamedGroups.Name(group) : null),
            Field.Texts<HandshakeView>(
                "client_groups",
                "groups that the client offers",
                static view => view.HasClient ? HandshakeView.HexOf(view.Client.SupportedGroups) : null).Also($"{handshake}extensions_supported_group"),
            Field.Texts<HandshakeView>(
                "signature_algorithms",
                "signature algorithms that the client accepts",
                static view => view.HasClient ? HandshakeView.HexOf(view.Client.SignatureAlgorithms) : null).Also($"{handshake}sig_hash_alg"),
            Field.Integers<HandshakeView>("point_formats", "formats of curve points that the client knows", PointFormats)
                .Also($"{handshake}extensions_ec_point_format"),
            Field.Texts<HandshakeView>(
                "client_extensions",
                "extensions of the ClientHello in order, GREASE included",
                static view => view.HasClient ? HandshakeView.HexOf(view.Client.Extensions) : null).Also($"{handshake}extension.type"),
            Field.Texts<HandshakeView>(
                "server_extensions",
                "extensions of the ServerHello in order",
                static view => view.HasServer ? HandshakeView.HexOf(view.Server.Extensions) : null),
            Field.Flag<HandshakeView>(
                "resumed",
                "true when an earlier session was resumed",
                static view => view.HasServer ? view.Handshake.Resumption.Length > 0 : null),
            Field.Text<HandshakeView>(
                "resumption", "how: `session_id` `ticket` `psk`", static view => view.Handshake.Resumption is { Length: > 0 } kind ? kind : null),
            Field.Text<HandshakeView>("client_random", "random of the ClientHello", ClientRandom).Also($"{handshake}random"),
            Field.Text<HandshakeView>(
                "server_random", "random of the ServerHello", static view => view.HasServer ? HandshakeView.HexOf(view.Server.Random) : null),
            Field.Text<HandshakeView>("session_id", "session id of the server, without its hello that of the client", SessionId).Also($"{handshake}session_id"),
            Field.Objects<HandshakeView, PresentedCertificate>(
                "cert_chain", "certificates of the server, leaf first: see `x509`", static view => view.Handshake.ServerCertificates, CertificateFields.Body),
            Field.Objects<HandshakeView, PresentedCertificate>(
                "client_cert_chain", "certificates of the client", static view => view.Handshake.ClientCertificates, CertificateFields.Body),
            Field.Text<HandshakeView>("ja3", "JA3 of the ClientHello", static view => view.Ja3).Also($"{handshake}ja3"),
            Field.Text<HandshakeView>("ja3_full", "the text that it is the MD5 of", static view => view.Ja3Full).Also($"{handshake}ja3_full"),
            Field.Text<HandshakeView>("ja3s", "JA3S of the ServerHello", static view => view.Ja3s).Also($"{handshake}ja3s"),
            Field.Text<HandshakeView>("ja3s_full", "the text that it is the MD5 of", static view => view.Ja3sFull).Also($"{handshake}ja3s_full"),
            Field.Text<HandshakeView>("ja4", "JA4 of the first ClientHello", static view => view.Ja4?.Value),
            Field.Text<HandshakeView>("ja4_r", "the sorted lists that it hashes", static view => view.Ja4?.Raw),
            Field.Text<HandshakeView>("ja4_o", "JA4 of the lists in the order sent", static view => view.Ja4?.Original),
            Field.Text<HandshakeView>("ja4_second", "JA4 of the ClientHello that answers a HelloRetryRequest", static view => view.Ja4Second),
            Field.Flag<HandshakeView>(
                "hello_retry", "true when the server asked for another ClientHello", static view => view.Handshake.RetryRequest is null ? null : true),
            Field.Text<HandshakeView>(
                "ech",
                "encrypted_client_hello: `none`, or `grease_or_real`, which cannot be told apart",
                static view => !view.HasClient ? null : view.Client.HasEncryptedClientHello ? "grease_or_real" : "none"),
            Field.Integer<HandshakeView>("ech_config_id", "its configuration id", static view => view.EchConfiguration),
            Field.Flag<HandshakeView>(
                "esni", "true when the older encrypted_server_name is there", static view => view.HasClient && view.Client.HasEncryptedServerName ? true : null),
            Field.Flag<HandshakeView>("established", "true when both sides went over to encryption", static view => view.Handshake.IsEstablished),
            Field.Objects<HandshakeView, TlsAlert>(
                "alerts",
                "alerts of the handshake, in the clear or opened",
                static view => view.Handshake.Alerts,
                Field.Text<TlsAlert>("level", "`warning` or `fatal`", static alert => alert.LevelName).Also($"{prefix}.alert_message.level"),
                Field.Text<TlsAlert>("description", "what is wrong", static alert => alert.DescriptionName).Also($"{prefix}.alert_message.desc"),
                Field.Text<TlsAlert>("from", "`client` or `server`", static alert => alert.IsFromClient ? "client" : "server")),
            Field.Text<HandshakeView>(
                "last_alert", "description of the last of them", static view => view.Handshake.Alerts is [.., var last] ? last.DescriptionName : null),
            Field.Text<HandshakeView>(
                "history",
                "messages in order, a letter each, upper case from the client: C S hellos, X certificate, I change of ciphers, L alert, D data, … (Zeek's letters)",
                static view => view.Handshake.History is { Length: > 0 } history ? history : null),
        ];
    }

    /// <summary>The handshake in one line.</summary>
    public static string Summarise(HandshakeView view)
    {
        string name = view.Sni ?? (view.HasClient || view.HasSslV2 ? "no server name" : "no ClientHello seen");
        string chosen = view.Version is { } version ? $" {version} {(view.HasServer ? CipherSuites.Name(view.Server.CipherSuite) ?? HandshakeView.Hex4(view.Server.CipherSuite) : "")}" : " no answer";
        string alert = view.Handshake.Alerts is [.., var last] ? $" alert={last.DescriptionName}" : "";
        return $"{name}{chosen}{(view.Ja4 is { } ja4 ? $" ja4={ja4.Value}" : "")}{(view.Handshake.Resumption.Length > 0 ? " resumed" : "")}{alert}";
    }

    private static List<string>? ClientVersions(HandshakeView view)
    {
        if (!view.HasClient)
        {
            return null;
        }

        List<string> names = [];
        foreach (ushort version in view.Client.SupportedVersions)
        {
            if (!Grease.IsGrease(version))
            {
                names.Add(TlsVersionName.Of(version));
            }
        }

        return names;
    }

    private static List<string>? ClientCiphers(HandshakeView view)
    {
        if (view.HasClient)
        {
            return HandshakeView.HexOf(view.Client.CipherSuites);
        }

        if (!view.HasSslV2)
        {
            return null;
        }

        // Three bytes each: those of TLS begin with 00.
        List<string> suites = [];
        ReadOnlySpan<byte> specs = view.SslV2.CipherSpecs;
        for (; specs.Length >= 3 && suites.Count < MaxItems; specs = specs[3..])
        {
            suites.Add(Convert.ToHexStringLower(specs[0] == 0 ? specs[1..3] : specs[..3]));
        }

        return suites;
    }

    private static List<long>? PointFormats(HandshakeView view)
    {
        if (!view.HasClient)
        {
            return null;
        }

        List<long> formats = [];
        foreach (byte format in view.Client.PointFormats)
        {
            formats.Add(format);
        }

        return formats;
    }

    private static string? ClientRandom(HandshakeView view) =>
        view.HasClient ? HandshakeView.HexOf(view.Client.Random) : view.HasSslV2 ? HandshakeView.HexOf(view.SslV2.Challenge) : null;

    private static string? SessionId(HandshakeView view) =>
        view.HasServer && !view.Server.SessionId.IsEmpty ? HandshakeView.HexOf(view.Server.SessionId)
        : !view.HasServer && view.HasClient ? HandshakeView.HexOf(view.Client.SessionId)
        : null;
}
