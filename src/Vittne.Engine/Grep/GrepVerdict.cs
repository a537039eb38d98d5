namespace Vittne.Engine.Grep;

/// <summary>What a worker says of one packet.</summary>
[Flags]
internal enum GrepVerdict : byte
{
    /// <summary>No IP, or not passed by the filter.</summary>
    None = 0,

    /// <summary>Passed by the filter.</summary>
    Passed = 1,

    /// <summary>Has payload.</summary>
    HasPayload = 2,

    /// <summary>The payload matches.</summary>
    Matches = 4,

    /// <summary>A fragment of a datagram.</summary>
    Fragment = 8,
}
