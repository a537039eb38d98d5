namespace Vittne.Flows.Metering;

/// <summary>What is made of checksums.</summary>
public enum ChecksumUse : byte
{
    /// <summary>They are not looked at: network cards of capturing hosts make them later.</summary>
    Ignore,

    /// <summary>Packets with wrong ones count, and are told.</summary>
    Check,

    /// <summary>Packets with wrong ones do not count; that there were some is told.</summary>
    Drop,
}
