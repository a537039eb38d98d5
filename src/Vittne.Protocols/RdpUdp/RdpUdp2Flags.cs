namespace Vittne.Protocols.RdpUdp;

/// <summary>Flags of a datagram of version 3: which parts it has (MS-RDPEUDP2 section 2.2.1.1).</summary>
[Flags]
internal enum RdpUdp2Flags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>An acknowledgment.</summary>
    Ack = 0x001,

    /// <summary>Data.</summary>
    Data = 0x004,

    /// <summary>A vector of acknowledgments.</summary>
    AckVector = 0x008,

    /// <summary>An acknowledgment of acknowledgments.</summary>
    AckOfAcks = 0x010,

    /// <summary>What the lower layers add, in bytes.</summary>
    OverheadSize = 0x040,

    /// <summary>How long acknowledgments may be held back.</summary>
    DelayInfo = 0x100,

    /// <summary>All that are known.</summary>
    All = Ack | Data | AckVector | AckOfAcks | OverheadSize | DelayInfo,
}
