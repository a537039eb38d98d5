namespace Vittne.Capture;

/// <summary>What the first bytes of a file say that it is.</summary>
internal enum CaptureFormat : byte
{
    /// <summary>Nothing that is known here.</summary>
    Unknown,

    /// <summary>pcap in one of its variants.</summary>
    Pcap,

    /// <summary>pcapng.</summary>
    Pcapng,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878), a skippable frame included.</summary>
    Zstd,

    /// <summary>LZ4 frame, legacy frames included.</summary>
    Lz4,

    /// <summary>xz.</summary>
    Xz,
}
