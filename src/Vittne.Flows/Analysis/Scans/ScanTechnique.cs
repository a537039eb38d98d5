namespace Vittne.Flows.Analysis.Scans;

/// <summary>What a scan sends, in the order in which findings of one host are told.</summary>
internal enum ScanTechnique
{
    /// <summary>SYN, whether connections are completed or not.</summary>
    Syn,

    /// <summary>FIN alone.</summary>
    Fin,

    /// <summary>No flag.</summary>
    Null,

    /// <summary>FIN, PSH, URG.</summary>
    Xmas,

    /// <summary>ACK alone.</summary>
    Ack,

    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>SCTP, whose associations begin with INIT.</summary>
    SctpInit,

    /// <summary>Echo requests and their like.</summary>
    IcmpSweep,

    /// <summary>ARP requests.</summary>
    ArpSweep,

    /// <summary>No scan: SYN-ACK and RST to many that sent nothing, the answers to attacks with forged senders.</summary>
    Backscatter,
}
