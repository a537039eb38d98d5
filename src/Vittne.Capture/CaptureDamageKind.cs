namespace Vittne.Capture;

/// <summary>What may be wrong with a capture, as far as its own form tells.</summary>
public enum CaptureDamageKind : byte
{
    /// <summary>The file ends inside the header of a record, of a block or of a section.</summary>
    CutInHeader,

    /// <summary>The file ends inside a packet or a block whose header is there.</summary>
    CutInPacket,

    /// <summary>A record says that it is longer than any packet may be.</summary>
    TooLong,

    /// <summary>A block ends with another length than it starts with.</summary>
    LengthMismatch,

    /// <summary>A block makes no sense.</summary>
    BadBlock,

    /// <summary>A packet names an interface that was not described.</summary>
    UnknownInterface,

    /// <summary>A section has a version that is not known.</summary>
    UnknownVersion,

    /// <summary>The compressed data around the capture are cut.</summary>
    CompressionCut,

    /// <summary>The compressed data around the capture are damaged.</summary>
    CompressionDamaged,

    /// <summary>The file can no longer be read, or shrank.</summary>
    Unreadable,
}
