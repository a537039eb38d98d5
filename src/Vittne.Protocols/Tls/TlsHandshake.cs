using Vittne.Protocols.X509;

namespace Vittne.Protocols.Tls;

/// <summary>A handshake of TLS or DTLS as a whole, as far as it was in the clear or could be opened. It holds the hellos as they were sent; the schema reads them.</summary>
public sealed record TlsHandshake
{
    /// <summary>The first ClientHello from its type byte on; null when it was not captured.</summary>
    public byte[]? ClientHello { get; init; }

    /// <summary>True when that hello has SSLv2 framing.</summary>
    public bool IsSslV2Hello { get; init; }

    /// <summary>The ClientHello that answers a HelloRetryRequest or brings a cookie; null without.</summary>
    public byte[]? SecondClientHello { get; init; }

    /// <summary>The ServerHello from its type byte on; null when it was not captured.</summary>
    public byte[]? ServerHello { get; init; }

    /// <summary>True when the server answered in SSLv2 itself.</summary>
    public bool IsSslV2Server { get; init; }

    /// <summary>The HelloRetryRequest; null without.</summary>
    public byte[]? RetryRequest { get; init; }

    /// <summary>The EncryptedExtensions of TLS 1.3 from their type byte on, opened with recorded secrets; null without.</summary>
    public byte[]? EncryptedExtensions { get; init; }

    /// <summary>Version in the header of the first record of the client, else of the server.</summary>
    public ushort? RecordVersion { get; init; }

    /// <summary>Group or curve of the key exchange; null when it was not told in the clear.</summary>
    public ushort? Group { get; init; }

    /// <summary>Certificates of the server, leaf first.</summary>
    public IReadOnlyList<PresentedCertificate> ServerCertificates { get; init; } = [];

    /// <summary>Certificates of the client, leaf first.</summary>
    public IReadOnlyList<PresentedCertificate> ClientCertificates { get; init; } = [];

    /// <summary>Alerts up to the end of the handshake, in order: those in the clear, and with recorded secrets those that were encrypted.</summary>
    public IReadOnlyList<TlsAlert> Alerts { get; init; } = [];

    /// <summary>True when both sides went over to encryption.</summary>
    public bool IsEstablished { get; init; }

    /// <summary>How an earlier session was resumed: <c>session_id</c>, <c>ticket</c>, <c>psk</c>; empty for a full handshake.</summary>
    public string Resumption { get; init; } = "";

    /// <summary>The protocol in which TLS was started (STARTTLS, CONNECT); empty when it came first.</summary>
    public string StartTls { get; init; } = "";

    /// <summary>What was sent in order, a letter a message: upper case from the client, lower case from the server (Zeek's letters).</summary>
    public string History { get; init; } = "";

    /// <summary>DTLS: true when the client returned a cookie.</summary>
    public bool HasCookie { get; init; }

    /// <summary>DTLS: highest epoch seen.</summary>
    public int Epoch { get; init; }
}
