namespace Vittne.Protocols.Http;

/// <summary>How the end of a body is found (RFC 9112 section 6.3).</summary>
internal enum HttpBodyKind : byte
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>After a known number of bytes.</summary>
    Length,

    /// <summary>After the last chunk.</summary>
    Chunked,

    /// <summary>With the stream.</summary>
    UntilEnd,
}
