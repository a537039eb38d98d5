using System.Globalization;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Fingerprints;

namespace Vittne.Protocols.Tls;

/// <summary>What the fields of a handshake are read from: its hellos are parsed once for each record that is written.</summary>
internal readonly ref struct HandshakeView
{
    private readonly ClientHello _client;
    private readonly ServerHello _server;
    private readonly SslV2ClientHello _sslV2;

    public HandshakeView(TlsHandshake handshake, TlsCarrier carrier)
    {
        Handshake = handshake;
        if (handshake.ClientHello is { } client)
        {
            HasSslV2 = handshake.IsSslV2Hello && SslV2ClientHello.TryParse(client, out _sslV2);
            HasClient = !handshake.IsSslV2Hello && ClientHello.TryParse(client, out _client);
        }

        // Version and suite stand in the request already; randoms and extensions are those of the hello.
        HasServer = (handshake.ServerHello ?? handshake.RetryRequest) is { } server && ServerHello.TryParse(server, out _server);
        Ja4 = HasClient ? Fingerprints.Ja4.Compute(_client, carrier) : null;
        Ja4Second = handshake.SecondClientHello is { } second && ClientHello.TryParse(second, out ClientHello again)
            ? Fingerprints.Ja4.Compute(again, carrier).Value
            : null;
        (Ja3, Ja3Full) = HasClient ? Fingerprints.Ja3.Compute(_client) : (null, null);
        (Ja3s, Ja3sFull) = HasServer ? Fingerprints.Ja3s.Compute(_server) : (null, null);
    }

    public TlsHandshake Handshake { get; }

    public bool HasClient { get; }

    public bool HasSslV2 { get; }

    public bool HasServer { get; }

    public ClientHello Client => _client;

    public ServerHello Server => _server;

    public SslV2ClientHello SslV2 => _sslV2;

    public Ja4Fingerprint? Ja4 { get; }

    public string? Ja4Second { get; }

    public string? Ja3 { get; }

    public string? Ja3Full { get; }

    public string? Ja3s { get; }

    public string? Ja3sFull { get; }

    public string? Version => HasServer ? TlsVersionName.Of(_server.Version) : Handshake.IsSslV2Server ? TlsVersionName.Of(2) : null;

    public ushort? ClientVersion => HasClient ? _client.LegacyVersion : HasSslV2 ? _sslV2.Version : null;

    /// <summary>The application protocol chosen: TLS 1.3 tells it encrypted.</summary>
    public string? Alpn => !HasServer ? null : !_server.Alpn.IsEmpty ? TextOf(_server.Alpn) : TextOf(EncryptedExtensions.Alpn(Handshake.EncryptedExtensions));

    public string? Sni => HasClient ? TextOf(_client.Sni) : null;

    /// <summary>Extension fe0d of an outer hello: type, suite (4 bytes), configuration id (RFC 9849 section 5).</summary>
    public int? EchConfiguration =>
        HasClient && _client.Extensions.TryFind(ExtensionType.EncryptedClientHello, out ReadOnlySpan<byte> body) && body.Length > 5 && body[0] == 0 ? body[5] : null;

    public static string? TextOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Of(bytes);

    public static string? HexOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Convert.ToHexStringLower(bytes);

    public static List<string> HexOf(UInt16List values)
    {
        List<string> texts = new(Math.Min(values.Count, TlsFields.MaxItems));
        foreach (ushort value in values)
        {
            if (texts.Count == TlsFields.MaxItems)
            {
                break;
            }

            texts.Add(Hex4(value));
        }

        return texts;
    }

    public static List<string> HexOf(TlsExtensionList extensions)
    {
        List<string> texts = [];
        foreach (TlsExtension extension in extensions)
        {
            if (texts.Count == TlsFields.MaxItems)
            {
                break;
            }

            texts.Add(Hex4(extension.Type));
        }

        return texts;
    }

    public static List<string> TextsOf(NameList names)
    {
        List<string> texts = [];
        foreach (ReadOnlySpan<byte> name in names)
        {
            if (texts.Count == TlsFields.MaxItems)
            {
                break;
            }

            texts.Add(WireText.Of(name));
        }

        return texts;
    }

    public static string Hex4(ushort value) => value.ToString("x4", CultureInfo.InvariantCulture);
}
