namespace Vittne.Protocols.Http;

/// <summary>What the next bytes of a direction are.</summary>
internal enum HttpHalfState : byte
{
    /// <summary>The start line of a message, or more of its head.</summary>
    Head,

    /// <summary>Behind a request line without version: header lines, or nothing when it is one of HTTP/0.9.</summary>
    BehindBareLine,

    /// <summary>Lines of a head that was cut at a limit, up to its empty line.</summary>
    CutHead,

    /// <summary>A line that starts no message.</summary>
    StrayLine,

    /// <summary>A body of known length.</summary>
    Body,

    /// <summary>A chunked body.</summary>
    Chunks,

    /// <summary>Trailer lines behind the last chunk, up to the empty line.</summary>
    Trailer,

    /// <summary>A body that ends with the stream.</summary>
    BodyUntilEnd,

    /// <summary>Unknown since bytes are missing: a message may begin where a segment does.</summary>
    Lost,
}
