using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>
/// One HTTP request (RFC 9112; that of HTTP/2 in the form of HTTP/1): emitted when its body is complete, when 64 KiB of it are there, or when it can get no more.
/// Names and values are bytes of the head, read through <see cref="HttpHead"/>.
/// </summary>
public sealed record HttpRequestRecord : Record
{
    /// <summary>Number of the request in its flow, from 1.</summary>
    public required int Depth { get; init; }

    /// <summary>Request line and header lines as sent, including their line ends, cut at the limits of <see cref="HttpHead"/>.</summary>
    public required byte[] Head { get; init; }

    /// <summary>The first 64 KiB of the body, chunked coding undone and content coding decoded where it is gzip, deflate or br.</summary>
    public required byte[] Body { get; init; }

    /// <summary>True when the body ended inside the capture and <see cref="Body"/> is all of it.</summary>
    public required bool IsComplete { get; init; }
}
