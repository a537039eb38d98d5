using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>One HTTP response (RFC 9112; that of HTTP/2 in the form of HTTP/1), emitted like <see cref="HttpRequestRecord"/>.</summary>
public sealed record HttpResponseRecord : Record
{
    /// <summary>Number of the request that it answers, from 1; 0 when that request was not seen.</summary>
    public required int Depth { get; init; }

    /// <summary>Status line and header lines as sent.</summary>
    public required byte[] Head { get; init; }

    /// <summary>The first 16 KiB of the body (2 KiB of media while hunting), chunked coding undone and content coding decoded where it is gzip, deflate or br.</summary>
    public required byte[] Body { get; init; }

    /// <summary>True when the body ended inside the capture and <see cref="Body"/> is all of it.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Head of the request that it answers; empty when that was not seen.</summary>
    public required byte[] RequestHead { get; init; }
}
