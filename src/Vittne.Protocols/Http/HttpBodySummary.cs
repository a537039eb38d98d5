namespace Vittne.Protocols.Http;

/// <summary>What a transaction tells of a body.</summary>
/// <param name="Length">Bytes that were captured, chunked coding undone, content coding not.</param>
/// <param name="MissingLength">Bytes that were sent and not captured.</param>
/// <param name="DecodedLength">Bytes with content codings undone; null when there is no coding, or it could not be undone to the end.</param>
/// <param name="MediaType">The media type by content, null when it is not known.</param>
public readonly record struct HttpBodySummary(long Length, long MissingLength, long? DecodedLength, string? MediaType);
