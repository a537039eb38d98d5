namespace Vittne.Protocols.RdpUdp;

/// <summary>Flags of a datagram of versions 1 and 2 (MS-RDPEUDP section 2.2.2.1).</summary>
[Flags]
internal enum RdpUdpFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Opens the connection.</summary>
    Syn = 0x0001,

    /// <summary>Ends the connection.</summary>
    Fin = 0x0002,

    /// <summary>Has an acknowledgment vector.</summary>
    Ack = 0x0004,

    /// <summary>Has data.</summary>
    Data = 0x0008,

    /// <summary>The data is for repair of other datagrams.</summary>
    Fec = 0x0010,

    /// <summary>The sender saw congestion.</summary>
    CongestionNotice = 0x0020,

    /// <summary>The window was reduced.</summary>
    WindowReset = 0x0040,

    /// <summary>Not used.</summary>
    SackOption = 0x0080,

    /// <summary>Acknowledges acknowledgments.</summary>
    AckOfAcks = 0x0100,

    /// <summary>Opens a connection that does not repeat what was lost: DTLS.</summary>
    SynLossy = 0x0200,

    /// <summary>The acknowledgment was held back.</summary>
    AckDelayed = 0x0400,

    /// <summary>Has the id of the connection that it belongs to.</summary>
    CorrelationId = 0x0800,

    /// <summary>Has the version of the protocol.</summary>
    SynEx = 0x1000,

    /// <summary>What a datagram with data may have.</summary>
    WithData = Ack | Data | CongestionNotice | WindowReset | AckOfAcks | AckDelayed,

    /// <summary>What a datagram that opens may have.</summary>
    WithSyn = Syn | Ack | SynLossy | CorrelationId | SynEx,
}
