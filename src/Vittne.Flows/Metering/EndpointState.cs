namespace Vittne.Flows.Metering;

/// <summary>What one end of a TCP connection has done, in the sense of Zeek's endpoint states.</summary>
internal enum EndpointState : byte
{
    /// <summary>Nothing that counts.</summary>
    Inactive,

    /// <summary>Sent a SYN.</summary>
    SynSent,

    /// <summary>Sent a SYN-ACK though it is the originator.</summary>
    SynAckSent,

    /// <summary>Sends in a connection whose beginning was not captured.</summary>
    Partial,

    /// <summary>Connected.</summary>
    Established,

    /// <summary>Sent its FIN.</summary>
    Closed,

    /// <summary>Sent a RST.</summary>
    Reset,
}
