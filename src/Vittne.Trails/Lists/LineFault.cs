namespace Vittne.Trails.Lists;

/// <summary>Why a line of a list gave no trail, or gave one that is not quite what stands there. Stored in index files: append only.</summary>
public enum LineFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Not an address, name, URL or any other kind of indicator.</summary>
    NotAnIndicator = 1,

    /// <summary>A name with characters or labels that no name has.</summary>
    BadName = 2,

    /// <summary>An address or network that cannot be.</summary>
    BadAddress = 3,

    /// <summary>A port outside 1 to 65535.</summary>
    BadPort = 4,

    /// <summary>A hash or fingerprint of the wrong length or with characters that are not hex.</summary>
    BadHash = 5,

    /// <summary>A pattern that does not compile.</summary>
    BadPattern = 6,

    /// <summary>A row with the wrong number of columns, or with a quote that is never closed.</summary>
    BadRow = 7,

    /// <summary>Longer than any indicator (4,096 bytes).</summary>
    TooLong = 8,

    /// <summary>Bytes that are not UTF-8; they were replaced and the line was used.</summary>
    BadText = 9,

    /// <summary>Bits below the prefix length were set; they were cleared and the line was used.</summary>
    HostBits = 10,

    /// <summary>Something that is understood but that no trail can express: a temporal pattern, a rule on payload, a mutex.</summary>
    Unsupported = 11,

    /// <summary>Expired, revoked or not yet valid.</summary>
    NotInForce = 12,

    /// <summary>Told for context, not for detection (MISP <c>to_ids</c> false).</summary>
    NotForDetection = 13,
}
