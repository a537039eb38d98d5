namespace Vittne.Flows.Records;

/// <content>Packets, bytes and rates.</content>
public static partial class FlowFields
{
    private static FlowField[] Counters() =>
    [
        Integer("spkts", "packets of the originator", r => r.SourcePackets, (r, v) => r.SourcePackets = v, FlowMerge.Add),
        Integer("dpkts", "packets of the responder", r => r.DestinationPackets, (r, v) => r.DestinationPackets = v, FlowMerge.Add),
        Integer("pkts", "packets of both sides", r => r.Packets, null, FlowMerge.Derived),
        Integer("sbytes", "link-layer bytes of the originator", r => r.SourceBytes, (r, v) => r.SourceBytes = v, FlowMerge.Add),
        Integer("dbytes", "link-layer bytes of the responder", r => r.DestinationBytes, (r, v) => r.DestinationBytes = v, FlowMerge.Add),
        Integer("bytes", "link-layer bytes of both sides", r => r.Bytes, null, FlowMerge.Derived),
        Integer("sipbytes", "bytes by IP total length of the originator", r => r.SourceIpBytes, (r, v) => r.SourceIpBytes = v, FlowMerge.Add),
        Integer("dipbytes", "bytes by IP total length of the responder", r => r.DestinationIpBytes, (r, v) => r.DestinationIpBytes = v, FlowMerge.Add),
        Integer("ipbytes", "bytes by IP total length of both sides", r => r.IpBytes, null, FlowMerge.Derived),
        Integer("sappbytes", "payload bytes, retransmissions included of the originator", r => r.SourceAppBytes, (r, v) => r.SourceAppBytes = v, FlowMerge.Add),
        Integer("dappbytes", "payload bytes, retransmissions included of the responder", r => r.DestinationAppBytes, (r, v) => r.DestinationAppBytes = v, FlowMerge.Add),
        Integer("appbytes", "payload bytes, retransmissions included of both sides", r => r.AppBytes, null, FlowMerge.Derived),
        Integer("sseqbytes", "TCP payload bytes, each once of the originator", r => r.SourceSequenceBytes, (r, v) => r.SourceSequenceBytes = v, FlowMerge.Add),
        Integer("dseqbytes", "TCP payload bytes, each once of the responder", r => r.DestinationSequenceBytes, (r, v) => r.DestinationSequenceBytes = v, FlowMerge.Add),
        Decimal("pcr", "(sappbytes - dappbytes) / (sappbytes + dappbytes)", r => r.ProducerConsumerRatio, null, FlowMerge.Derived),
        Decimal("rate", "packets/s of both sides", r => r.RateOf(r.Packets), null, FlowMerge.Derived),
        Decimal("srate", "packets/s of the originator", r => r.RateOf(r.SourcePackets), null, FlowMerge.Derived),
        Decimal("drate", "packets/s of the responder", r => r.RateOf(r.DestinationPackets), null, FlowMerge.Derived),
        Decimal("load", "bits/s of both sides", r => r.LoadOf(r.Packets, r.Bytes), null, FlowMerge.Derived),
        Decimal("sload", "bits/s of the originator", r => r.LoadOf(r.SourcePackets, r.SourceBytes), null, FlowMerge.Derived),
        Decimal("dload", "bits/s of the responder", r => r.LoadOf(r.DestinationPackets, r.DestinationBytes), null, FlowMerge.Derived),
    ];
}
