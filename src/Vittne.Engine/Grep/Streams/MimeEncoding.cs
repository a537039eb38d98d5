namespace Vittne.Engine.Grep.Streams;

/// <summary>Encodings for transfer that change the bytes of a part (RFC 2045 section 6).</summary>
internal enum MimeEncoding : byte
{
    /// <summary>None: the bytes are as they are.</summary>
    None,

    /// <summary>base64.</summary>
    Base64,

    /// <summary>quoted-printable.</summary>
    QuotedPrintable,
}
