namespace Vittne.Protocols.Http;

/// <summary>Content codings (IANA "HTTP Content Coding Registry").</summary>
internal enum HttpCoding : byte
{
    /// <summary>None, or one that another layer undid.</summary>
    None,

    /// <summary>gzip, RFC 1952.</summary>
    Gzip,

    /// <summary>deflate, RFC 1950 or bare RFC 1951.</summary>
    Deflate,

    /// <summary>br, RFC 7932.</summary>
    Brotli,

    /// <summary>zstd, RFC 8878.</summary>
    Zstd,

    /// <summary>One that is not decoded.</summary>
    Unknown,
}
