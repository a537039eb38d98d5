namespace Vittne.Flows.Reassembly;

/// <summary>
/// Which copy of a byte counts when segments overlap before delivery. N is the new segment, O one that waits. Bytes that were
/// delivered are final.
/// </summary>
public enum OverlapPolicy : byte
{
    /// <summary>The stored copy always wins; also Windows Vista and later.</summary>
    First,

    /// <summary>The new copy always wins; Cisco IOS.</summary>
    Last,

    /// <summary>N wins when it starts before O; BSD, macOS, Windows up to 2003.</summary>
    Bsd,

    /// <summary>N wins when it starts before O, or starts equal and ends after O; Linux 2.4 and later.</summary>
    Linux,

    /// <summary>N wins when it starts before O, or starts equal and ends not before O; Linux 2.2.</summary>
    OldLinux,

    /// <summary>N wins when it starts not after O and ends not before O, or starts after O and ends after O; Solaris, HP-UX 11.</summary>
    Solaris,
}
