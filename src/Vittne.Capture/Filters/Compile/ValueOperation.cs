namespace Vittne.Capture.Filters.Compile;

/// <summary>How a value of 32 bits comes about.</summary>
internal enum ValueOperation : byte
{
    /// <summary>A constant.</summary>
    Constant,

    /// <summary>Bytes of the packet on the wire.</summary>
    Length,

    /// <summary>1, 2 or 4 bytes of the packet in network order; outside of what was captured the packet is refused.</summary>
    Load,

    /// <summary>Four times the low half of a byte of the packet: length of an IPv4 header.</summary>
    HeaderLength,

    /// <summary>A value that was set on the way here; 0 before.</summary>
    Variable,

    Add,
    Subtract,
    Multiply,

    /// <summary>By zero the packet is refused.</summary>
    Divide,

    /// <summary>By zero the packet is refused.</summary>
    Modulo,
    And,
    Or,
    Xor,

    /// <summary>By more than 31 gives 0.</summary>
    ShiftLeft,

    /// <summary>By more than 31 gives 0.</summary>
    ShiftRight,
    Negate,

    /// <summary>Where the payload of an 802.11 frame begins; see <see cref="LinkWalks"/>.</summary>
    WirelessHeader,

    /// <summary>1 when a chain of extension headers holds a protocol, else 0; see <see cref="LinkWalks"/>.</summary>
    ProtocolChain,
}
