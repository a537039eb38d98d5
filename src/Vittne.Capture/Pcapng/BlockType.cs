namespace Vittne.Capture.Pcapng;

/// <summary>Block types that are read (draft-ietf-opsawg-pcapng section 4 and its registry).</summary>
internal enum BlockType : uint
{
    /// <summary>Interface Description Block, section 4.2.</summary>
    InterfaceDescription = 1,

    /// <summary>Packet Block, obsolete (appendix A).</summary>
    Packet = 2,

    /// <summary>Simple Packet Block, section 4.4.</summary>
    SimplePacket = 3,

    /// <summary>Name Resolution Block, section 4.5.</summary>
    NameResolution = 4,

    /// <summary>Interface Statistics Block, section 4.6.</summary>
    InterfaceStatistics = 5,

    /// <summary>Enhanced Packet Block, section 4.3.</summary>
    EnhancedPacket = 6,

    /// <summary>Decryption Secrets Block, section 4.7.</summary>
    DecryptionSecrets = 10,

    /// <summary>Section Header Block, section 4.1.</summary>
    SectionHeader = CaptureMagic.SectionHeader,
}
