namespace Vittne.Protocols.Quic;

/// <summary>A QUIC handshake as far as its Initial packets show it. It holds the hellos as they were sent; the schema reads them.</summary>
public sealed record QuicHandshake
{
    /// <summary>Versions in the order seen; the last one is that of the handshake.</summary>
    public required IReadOnlyList<uint> Versions { get; init; }

    /// <summary>Destination connection id of the client's first packet.</summary>
    public byte[] InitialDestinationId { get; init; } = [];

    /// <summary>Connection id that the client chose.</summary>
    public byte[] ClientSourceId { get; init; } = [];

    /// <summary>Connection id that the server chose.</summary>
    public byte[] ServerSourceId { get; init; } = [];

    /// <summary>The ClientHello from its type byte on; null when it did not become whole, and for Google's own handshake.</summary>
    public byte[]? ClientHello { get; init; }

    /// <summary>The ServerHello; null when it was not seen.</summary>
    public byte[]? ServerHello { get; init; }

    /// <summary>The EncryptedExtensions from their type byte on, opened with recorded secrets; null without.</summary>
    public byte[]? EncryptedExtensions { get; init; }

    /// <summary>Client hello of Google's own handshake; null without.</summary>
    public GoogleHelloRecord? GoogleHello { get; init; }

    /// <summary>True when the server sent a Retry.</summary>
    public bool HasRetry { get; init; }

    /// <summary>Whether the tag of that Retry is right (RFC 9001 section 5.8); null when it could not be checked.</summary>
    public bool? IsRetryGenuine { get; init; }

    /// <summary>True when the client sent early data.</summary>
    public bool HasZeroRtt { get; init; }

    /// <summary>Length of the longest token in an Initial packet of the client, in bytes.</summary>
    public int TokenLength { get; init; }

    /// <summary>Number of Initial packets.</summary>
    public int InitialPackets { get; init; }

    /// <summary>Why there is no hello: <c>decrypt</c>, <c>incomplete</c>, <c>version</c>; empty when there is one.</summary>
    public string Failed { get; init; } = "";
}
