namespace Vittne.Protocols.CommandLines;

/// <summary>What the next bytes of a direction are.</summary>
internal enum LineMode : byte
{
    /// <summary>Lines.</summary>
    Lines,

    /// <summary>The rest of a line that was too long; it is dropped.</summary>
    LongLine,

    /// <summary>Text that ends with a line of one dot; it is skipped (RFC 5321 section 4.5.2, RFC 1939 section 3).</summary>
    Text,

    /// <summary>A known number of bytes; they are skipped.</summary>
    Bytes,

    /// <summary>A known small number of bytes that the parser wants.</summary>
    Block,
}
