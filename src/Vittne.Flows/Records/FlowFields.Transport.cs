namespace Vittne.Flows.Records;

/// <content>TCP detail.</content>
public static partial class FlowFields
{
    private static FlowField[] Transport() =>
    [
        Duration("tcprtt", "SYN to the ACK of the handshake, s", r => r.Tcp?.RoundTripNs ?? -1, (r, v) => r.NeedTcp().RoundTripNs = v, FlowMerge.Mean),
        Duration("synack", "SYN to SYN-ACK, s", r => r.Tcp?.SynToSynAckNs ?? -1, (r, v) => r.NeedTcp().SynToSynAckNs = v, FlowMerge.Mean),
        Duration("ackdat", "SYN-ACK to ACK, s", r => r.Tcp?.SynAckToAckNs ?? -1, (r, v) => r.NeedTcp().SynAckToAckNs = v, FlowMerge.Mean),
        Duration("rtt_min", "shortest time from data to ACK, s", r => r.Tcp?.MinRoundTripNs ?? -1, (r, v) => r.NeedTcp().MinRoundTripNs = v, FlowMerge.Min),
        Duration("rtt_avg", "mean time from data to ACK, s", r => r.Tcp?.MeanRoundTripNs ?? -1, (r, v) => r.NeedTcp().MeanRoundTripNs = v, FlowMerge.Mean),
        Integer("sretrans", "packets with only bytes already seen, originator", r => r.Tcp?.SourceRetransmissions ?? -1, (r, v) => r.NeedTcp().SourceRetransmissions = v, FlowMerge.Add),
        Integer("dretrans", "packets with only bytes already seen, responder", r => r.Tcp?.DestinationRetransmissions ?? -1, (r, v) => r.NeedTcp().DestinationRetransmissions = v, FlowMerge.Add),
        Integer("retrans", "packets with only bytes already seen, both sides", r => r.Tcp is { } tcp ? FlowRecord.Sum(tcp.SourceRetransmissions, tcp.DestinationRetransmissions) : -1, null, FlowMerge.Derived),
        Integer("sretrans_bytes", "bytes in retransmissions, originator", r => r.Tcp?.SourceRetransmittedBytes ?? -1, (r, v) => r.NeedTcp().SourceRetransmittedBytes = v, FlowMerge.Add),
        Integer("dretrans_bytes", "bytes in retransmissions, responder", r => r.Tcp?.DestinationRetransmittedBytes ?? -1, (r, v) => r.NeedTcp().DestinationRetransmittedBytes = v, FlowMerge.Add),
        Integer("sooo", "packets that fill an earlier hole, originator", r => r.Tcp?.SourceOutOfOrder ?? -1, (r, v) => r.NeedTcp().SourceOutOfOrder = v, FlowMerge.Add),
        Integer("dooo", "packets that fill an earlier hole, responder", r => r.Tcp?.DestinationOutOfOrder ?? -1, (r, v) => r.NeedTcp().DestinationOutOfOrder = v, FlowMerge.Add),
        Integer("sgap", "bytes never captured, originator", r => r.Tcp?.SourceGapBytes ?? -1, (r, v) => r.NeedTcp().SourceGapBytes = v, FlowMerge.Add),
        Integer("dgap", "bytes never captured, responder", r => r.Tcp?.DestinationGapBytes ?? -1, (r, v) => r.NeedTcp().DestinationGapBytes = v, FlowMerge.Add),
        Integer("gap", "bytes never captured, both sides", r => r.Tcp is { } tcp ? FlowRecord.Sum(tcp.SourceGapBytes, tcp.DestinationGapBytes) : -1, null, FlowMerge.Derived),
        Integer("sloss", "retransmissions and gap events, originator", r => r.Tcp?.SourceLoss ?? -1, (r, v) => r.NeedTcp().SourceLoss = v, FlowMerge.Add),
        Integer("dloss", "retransmissions and gap events, responder", r => r.Tcp?.DestinationLoss ?? -1, (r, v) => r.NeedTcp().DestinationLoss = v, FlowMerge.Add),
        Integer("loss", "retransmissions and gap events, both sides", r => r.Tcp is { } tcp ? FlowRecord.Sum(tcp.SourceLoss, tcp.DestinationLoss) : -1, null, FlowMerge.Derived),
        Integer("szerowin", "zero-window advertisements, originator", r => r.Tcp?.SourceZeroWindows ?? -1, (r, v) => r.NeedTcp().SourceZeroWindows = v, FlowMerge.Add),
        Integer("dzerowin", "zero-window advertisements, responder", r => r.Tcp?.DestinationZeroWindows ?? -1, (r, v) => r.NeedTcp().DestinationZeroWindows = v, FlowMerge.Add),
        Integer("swin", "last window advertised, bytes, originator", r => r.Tcp?.SourceWindow ?? -1, (r, v) => r.NeedTcp().SourceWindow = v, FlowMerge.Same),
        Integer("dwin", "last window advertised, bytes, responder", r => r.Tcp?.DestinationWindow ?? -1, (r, v) => r.NeedTcp().DestinationWindow = v, FlowMerge.Same),
        Integer("swin_max", "largest window advertised, bytes, originator", r => r.Tcp?.SourceMaxWindow ?? -1, (r, v) => r.NeedTcp().SourceMaxWindow = v, FlowMerge.Max),
        Integer("dwin_max", "largest window advertised, bytes, responder", r => r.Tcp?.DestinationMaxWindow ?? -1, (r, v) => r.NeedTcp().DestinationMaxWindow = v, FlowMerge.Max),
        Integer("sisn", "initial sequence number, originator", r => r.Tcp?.SourceInitialSequence ?? -1, (r, v) => r.NeedTcp().SourceInitialSequence = v, FlowMerge.Same, "stcpb"),
        Integer("disn", "initial sequence number, responder", r => r.Tcp?.DestinationInitialSequence ?? -1, (r, v) => r.NeedTcp().DestinationInitialSequence = v, FlowMerge.Same, "dtcpb"),
        Integer("smss", "announced segment size, originator", r => r.Tcp?.SourceSegmentSize ?? -1, (r, v) => r.NeedTcp().SourceSegmentSize = (int)v, FlowMerge.Same),
        Integer("dmss", "announced segment size, responder", r => r.Tcp?.DestinationSegmentSize ?? -1, (r, v) => r.NeedTcp().DestinationSegmentSize = (int)v, FlowMerge.Same),
        Integer("sws", "window scale, originator", r => r.Tcp?.SourceWindowScale ?? -1, (r, v) => r.NeedTcp().SourceWindowScale = (int)v, FlowMerge.Same),
        Integer("dws", "window scale, responder", r => r.Tcp?.DestinationWindowScale ?? -1, (r, v) => r.NeedTcp().DestinationWindowScale = (int)v, FlowMerge.Same),
        Text("tcpopt", "options of the SYNs: M w s S T F", r => r.Tcp?.Options, (r, v) => r.NeedTcp().Options = v),
    ];
}
