using System.Text;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>What the fields of record <c>quic</c> are read from: its hellos are parsed once for each record that is written.</summary>
internal readonly ref struct QuicView
{
    private readonly ClientHello _client;
    private readonly ServerHello _server;

    public QuicView(QuicHandshake handshake)
    {
        Handshake = handshake;
        HasClient = handshake.ClientHello is { } client && ClientHello.TryParse(client, out _client);
        HasServer = handshake.ServerHello is { } server && ServerHello.TryParse(server, out _server);
        Ja3 = HasClient ? Fingerprints.Ja3.Compute(_client).Hash : null;
        Ja4 = HasClient ? Fingerprints.Ja4.Compute(_client, TlsCarrier.Quic).Value : null;
        Parameters = HasClient ? TransportParameters.Read(_client) : [];
        Sni = HasClient ? HandshakeView.TextOf(_client.Sni) : Google(handshake.GoogleHello?.Sni);
        TransportParameter? agent = Parameters.Find(static parameter => parameter.Id == TransportParameter.UserAgent);
        UserAgent = agent is not null ? HandshakeView.TextOf(agent.Value) : Google(handshake.GoogleHello?.UserAgent);
    }

    public QuicHandshake Handshake { get; }

    public bool HasClient { get; }

    public bool HasServer { get; }

    public ClientHello Client => _client;

    public ServerHello Server => _server;

    public string? Ja3 { get; }

    public string? Ja4 { get; }

    public string? Sni { get; }

    public string? UserAgent { get; }

    public List<TransportParameter> Parameters { get; }

    public uint Version => Handshake.Versions is [.., uint last] ? last : 0;

    private static string? Google(string? latin1) => string.IsNullOrEmpty(latin1) ? null : HandshakeView.TextOf(Encoding.Latin1.GetBytes(latin1));
}
