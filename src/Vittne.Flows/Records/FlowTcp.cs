namespace Vittne.Flows.Records;

/// <summary>TCP detail of a flow. -1: unknown.</summary>
public sealed partial class FlowTcp
{
    /// <summary>SYN to the ACK that ends the handshake, nanoseconds.</summary>
    public long RoundTripNs { get; set; } = -1;

    /// <summary>SYN to SYN-ACK, nanoseconds.</summary>
    public long SynToSynAckNs { get; set; } = -1;

    /// <summary>SYN-ACK to ACK, nanoseconds.</summary>
    public long SynAckToAckNs { get; set; } = -1;

    /// <summary>Shortest time from data to its ACK, nanoseconds, by samples that are not ambiguous.</summary>
    public long MinRoundTripNs { get; set; } = -1;

    /// <summary>Mean time from data to its ACK, nanoseconds.</summary>
    public long MeanRoundTripNs { get; set; } = -1;

    /// <summary>Packets of the originator that carry only bytes already seen.</summary>
    public long SourceRetransmissions { get; set; } = -1;

    /// <summary>Packets of the responder that carry only bytes already seen.</summary>
    public long DestinationRetransmissions { get; set; } = -1;

    /// <summary>Bytes in them, originator.</summary>
    public long SourceRetransmittedBytes { get; set; } = -1;

    /// <summary>Bytes in them, responder.</summary>
    public long DestinationRetransmittedBytes { get; set; } = -1;

    /// <summary>Packets of the originator that fill an earlier hole.</summary>
    public long SourceOutOfOrder { get; set; } = -1;

    /// <summary>Packets of the responder that fill an earlier hole.</summary>
    public long DestinationOutOfOrder { get; set; } = -1;

    /// <summary>Bytes of the originator that must exist and were never captured.</summary>
    public long SourceGapBytes { get; set; } = -1;

    /// <summary>Bytes of the responder that must exist and were never captured.</summary>
    public long DestinationGapBytes { get; set; } = -1;

    /// <summary>Retransmissions and gap events, originator.</summary>
    public long SourceLoss { get; set; } = -1;

    /// <summary>Retransmissions and gap events, responder.</summary>
    public long DestinationLoss { get; set; } = -1;

    /// <summary>Zero-window advertisements of the originator.</summary>
    public long SourceZeroWindows { get; set; } = -1;

    /// <summary>Zero-window advertisements of the responder.</summary>
    public long DestinationZeroWindows { get; set; } = -1;

    /// <summary>Last window that the originator advertised, scaled, bytes.</summary>
    public long SourceWindow { get; set; } = -1;

    /// <summary>Last window that the responder advertised, scaled, bytes.</summary>
    public long DestinationWindow { get; set; } = -1;

    /// <summary>Largest window of the originator, scaled, bytes.</summary>
    public long SourceMaxWindow { get; set; } = -1;

    /// <summary>Largest window of the responder, scaled, bytes.</summary>
    public long DestinationMaxWindow { get; set; } = -1;

    /// <summary>Initial sequence number of the originator.</summary>
    public long SourceInitialSequence { get; set; } = -1;

    /// <summary>Initial sequence number of the responder.</summary>
    public long DestinationInitialSequence { get; set; } = -1;

    /// <summary>Options of the SYNs as letters: <c>M</c> segment size, <c>w</c> window scale, <c>s</c> SACK permitted, <c>S</c> SACK, <c>T</c> timestamps, <c>F</c> fast open.</summary>
    public string? Options { get; set; }

    /// <summary>Maximum segment size that the originator announced.</summary>
    public int SourceSegmentSize { get; set; } = -1;

    /// <summary>Maximum segment size that the responder announced.</summary>
    public int DestinationSegmentSize { get; set; } = -1;

    /// <summary>Window scale of the originator, a power of two.</summary>
    public int SourceWindowScale { get; set; } = -1;

    /// <summary>Window scale of the responder, a power of two.</summary>
    public int DestinationWindowScale { get; set; } = -1;

    /// <summary>Lets originator and responder change places.</summary>
    public void Turn()
    {
        (SourceRetransmissions, DestinationRetransmissions) = (DestinationRetransmissions, SourceRetransmissions);
        (SourceRetransmittedBytes, DestinationRetransmittedBytes) = (DestinationRetransmittedBytes, SourceRetransmittedBytes);
        (SourceOutOfOrder, DestinationOutOfOrder) = (DestinationOutOfOrder, SourceOutOfOrder);
        (SourceGapBytes, DestinationGapBytes) = (DestinationGapBytes, SourceGapBytes);
        (SourceLoss, DestinationLoss) = (DestinationLoss, SourceLoss);
        (SourceZeroWindows, DestinationZeroWindows) = (DestinationZeroWindows, SourceZeroWindows);
        (SourceWindow, DestinationWindow) = (DestinationWindow, SourceWindow);
        (SourceMaxWindow, DestinationMaxWindow) = (DestinationMaxWindow, SourceMaxWindow);
        (SourceInitialSequence, DestinationInitialSequence) = (DestinationInitialSequence, SourceInitialSequence);
        (SourceSegmentSize, DestinationSegmentSize) = (DestinationSegmentSize, SourceSegmentSize);
        (SourceWindowScale, DestinationWindowScale) = (DestinationWindowScale, SourceWindowScale);
    }

    /// <summary>A copy that can be changed by itself.</summary>
    internal FlowTcp Copy() => (FlowTcp)MemberwiseClone();
}
