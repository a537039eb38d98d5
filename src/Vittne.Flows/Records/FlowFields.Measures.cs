namespace Vittne.Flows.Records;

/// <content>Statistics over packets.</content>
public static partial class FlowFields
{
    private static FlowField[] Measures() =>
    [
        Decimal("siat_mean", "mean time between packets, ms, originator", r => r.Statistics?.Source.GapMean ?? double.NaN, (r, v) => r.NeedStatistics().Source.GapMean = v, FlowMerge.Same, "sintpkt"),
        Decimal("siat_std", "its standard deviation, ms, originator", r => r.Statistics?.Source.GapDeviation ?? double.NaN, (r, v) => r.NeedStatistics().Source.GapDeviation = v, FlowMerge.Same),
        Decimal("sjit", "jitter, ms, originator", r => r.Statistics?.Source.Jitter ?? double.NaN, (r, v) => r.NeedStatistics().Source.Jitter = v, FlowMerge.Same),
        Decimal("ssize_mean", "mean packet size, bytes, originator", r => r.Statistics?.Source.SizeMean ?? double.NaN, (r, v) => r.NeedStatistics().Source.SizeMean = v, FlowMerge.Same, "smeansz"),
        Decimal("ssize_std", "its standard deviation, originator", r => r.Statistics?.Source.SizeDeviation ?? double.NaN, (r, v) => r.NeedStatistics().Source.SizeDeviation = v, FlowMerge.Same),
        Integer("ssize_min", "smallest packet, bytes, originator", r => r.Statistics?.Source.SizeMin ?? -1, (r, v) => r.NeedStatistics().Source.SizeMin = v, FlowMerge.Min, "sminsz"),
        Integer("ssize_max", "largest packet, bytes, originator", r => r.Statistics?.Source.SizeMax ?? -1, (r, v) => r.NeedStatistics().Source.SizeMax = v, FlowMerge.Max, "smaxsz"),
        Decimal("diat_mean", "mean time between packets, ms, responder", r => r.Statistics?.Destination.GapMean ?? double.NaN, (r, v) => r.NeedStatistics().Destination.GapMean = v, FlowMerge.Same, "dintpkt"),
        Decimal("diat_std", "its standard deviation, ms, responder", r => r.Statistics?.Destination.GapDeviation ?? double.NaN, (r, v) => r.NeedStatistics().Destination.GapDeviation = v, FlowMerge.Same),
        Decimal("djit", "jitter, ms, responder", r => r.Statistics?.Destination.Jitter ?? double.NaN, (r, v) => r.NeedStatistics().Destination.Jitter = v, FlowMerge.Same),
        Decimal("dsize_mean", "mean packet size, bytes, responder", r => r.Statistics?.Destination.SizeMean ?? double.NaN, (r, v) => r.NeedStatistics().Destination.SizeMean = v, FlowMerge.Same, "dmeansz"),
        Decimal("dsize_std", "its standard deviation, responder", r => r.Statistics?.Destination.SizeDeviation ?? double.NaN, (r, v) => r.NeedStatistics().Destination.SizeDeviation = v, FlowMerge.Same),
        Integer("dsize_min", "smallest packet, bytes, responder", r => r.Statistics?.Destination.SizeMin ?? -1, (r, v) => r.NeedStatistics().Destination.SizeMin = v, FlowMerge.Min, "dminsz"),
        Integer("dsize_max", "largest packet, bytes, responder", r => r.Statistics?.Destination.SizeMax ?? -1, (r, v) => r.NeedStatistics().Destination.SizeMax = v, FlowMerge.Max, "dmaxsz"),
    ];

    private static FlowField[] Sides() =>
    [
        FlagPackets("sfin", "packets with FIN, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 0),
        FlagPackets("ssyn", "packets with SYN, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 1),
        FlagPackets("srst", "packets with RST, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 2),
        FlagPackets("spsh", "packets with PSH, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 3),
        FlagPackets("sack", "packets with ACK, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 4),
        FlagPackets("surg", "packets with URG, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 5),
        FlagPackets("sece", "packets with ECE, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 6),
        FlagPackets("scwr", "packets with CWR, originator", r => r.Statistics?.Source, r => r.NeedStatistics().Source, 7),
        Integer("shdrbytes", "bytes of headers, originator", r => r.Statistics?.Source.HeaderBytes ?? -1, (r, v) => r.NeedStatistics().Source.HeaderBytes = v, FlowMerge.Add),
        Integer("swin_first", "window of the first segment as on the wire, originator", r => r.Statistics?.Source.InitialWindow ?? -1, (r, v) => r.NeedStatistics().Source.InitialWindow = v, FlowMerge.Same),
        FlagPackets("dfin", "packets with FIN, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 0),
        FlagPackets("dsyn", "packets with SYN, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 1),
        FlagPackets("drst", "packets with RST, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 2),
        FlagPackets("dpsh", "packets with PSH, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 3),
        FlagPackets("dack", "packets with ACK, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 4),
        FlagPackets("durg", "packets with URG, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 5),
        FlagPackets("dece", "packets with ECE, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 6),
        FlagPackets("dcwr", "packets with CWR, responder", r => r.Statistics?.Destination, r => r.NeedStatistics().Destination, 7),
        Integer("dhdrbytes", "bytes of headers, responder", r => r.Statistics?.Destination.HeaderBytes ?? -1, (r, v) => r.NeedStatistics().Destination.HeaderBytes = v, FlowMerge.Add),
        Integer("dwin_first", "window of the first segment as on the wire, responder", r => r.Statistics?.Destination.InitialWindow ?? -1, (r, v) => r.NeedStatistics().Destination.InitialWindow = v, FlowMerge.Same),
        Decimal("active_mean", "mean active phase, s", r => r.Statistics?.ActiveMean ?? double.NaN, (r, v) => r.NeedStatistics().ActiveMean = v, FlowMerge.Same),
        Decimal("active_std", "its standard deviation, s", r => r.Statistics?.ActiveDeviation ?? double.NaN, (r, v) => r.NeedStatistics().ActiveDeviation = v, FlowMerge.Same),
        Decimal("idle_mean", "mean gap over 5 s, s", r => r.Statistics?.IdleMean ?? double.NaN, (r, v) => r.NeedStatistics().IdleMean = v, FlowMerge.Same),
        Decimal("idle_std", "its standard deviation, s", r => r.Statistics?.IdleDeviation ?? double.NaN, (r, v) => r.NeedStatistics().IdleDeviation = v, FlowMerge.Same),
        Duration("silence", "longest time without a packet, s", r => r.Statistics?.LongestSilenceNs ?? -1, (r, v) => r.NeedStatistics().LongestSilenceNs = v, FlowMerge.Max),
    ];

    private static FlowField FlagPackets(
        string name, string description, Func<FlowRecord, FlowSideStatistics?> find, Func<FlowRecord, FlowSideStatistics> need, int bit) =>
        Integer(name, description, r => find(r)?.FlagPackets?[bit] ?? -1, (r, v) => (need(r).FlagPackets ??= NewFlagPackets())[bit] = v, FlowMerge.Add);

    private static long[] NewFlagPackets()
    {
        long[] counts = new long[FlowSideStatistics.FlagCount];
        Array.Fill(counts, -1);
        return counts;
    }
}
