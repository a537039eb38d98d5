namespace Vittne.Flows.Metering;

/// <summary>Kinds of TCP options (RFC 9293 section 3.2, RFC 7323, RFC 2018, RFC 7413) that a SYN had.</summary>
[Flags]
internal enum TcpOptionSet : byte
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>Maximum segment size.</summary>
    SegmentSize = 1,

    /// <summary>Window scale.</summary>
    WindowScale = 2,

    /// <summary>SACK permitted.</summary>
    SackPermitted = 4,

    /// <summary>SACK blocks.</summary>
    Sack = 8,

    /// <summary>Timestamps.</summary>
    Timestamps = 16,

    /// <summary>Fast open.</summary>
    FastOpen = 32,
}
