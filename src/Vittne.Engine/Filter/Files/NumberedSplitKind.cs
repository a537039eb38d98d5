namespace Vittne.Engine.Filter.Files;

/// <summary>What a numbered series of files counts.</summary>
public enum NumberedSplitKind
{
    /// <summary>Packets in a file.</summary>
    Packets,

    /// <summary>Bytes of a file.</summary>
    Bytes,

    /// <summary>Nanoseconds that a file covers.</summary>
    Time,
}
