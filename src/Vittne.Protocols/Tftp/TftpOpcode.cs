namespace Vittne.Protocols.Tftp;

/// <summary>Kind of a TFTP message (RFC 1350 section 5, RFC 2347).</summary>
public enum TftpOpcode : ushort
{
    /// <summary>RRQ.</summary>
    ReadRequest = 1,

    /// <summary>WRQ.</summary>
    WriteRequest = 2,

    /// <summary>DATA.</summary>
    Data = 3,

    /// <summary>ACK.</summary>
    Acknowledgment = 4,

    /// <summary>ERROR.</summary>
    Error = 5,

    /// <summary>OACK.</summary>
    OptionAcknowledgment = 6,
}
