namespace Vittne.Flows.Records;

/// <content>Anomalies, places, and where in the evidence.</content>
public static partial class FlowFields
{
    private static FlowField[] Origin() =>
    [
        new("anomalies", FlowFieldKind.Texts, "what is wrong with its packets", r => FlowValue.OfTexts(r.Anomalies), (r, v) => r.Anomalies = v.Texts) { Merge = FlowMerge.Any },
        Integer("anomaly_count", "how often, all kinds together", r => r.AnomalyCount, (r, v) => r.AnomalyCount = (int)Math.Min(v, int.MaxValue), FlowMerge.Add),
        Integer("clock_back", "packets older than the one before", r => r.Context?.ClockBack ?? -1, (r, v) => r.NeedContext().ClockBack = v, FlowMerge.Add),
        Text("scountry", "country, originator", r => r.Context?.SourceCountry, (r, v) => r.NeedContext().SourceCountry = v, "sco"),
        Text("dcountry", "country, responder", r => r.Context?.DestinationCountry, (r, v) => r.NeedContext().DestinationCountry = v, "dco"),
        Integer("sas", "autonomous system, originator", r => r.Context?.SourceSystem ?? -1, (r, v) => r.NeedContext().SourceSystem = v, FlowMerge.Same),
        Integer("das", "autonomous system, responder", r => r.Context?.DestinationSystem ?? -1, (r, v) => r.NeedContext().DestinationSystem = v, FlowMerge.Same),
        Text("iface", "interface of the capture", r => r.Context?.Interface, (r, v) => r.NeedContext().Interface = v),
        Text("capture", "the capture it is from", r => r.Capture, (r, v) => r.Capture = v),
        Integer("pkt_first", "number of its first packet", r => r.FirstPacket, (r, v) => r.FirstPacket = v, FlowMerge.Min),
        Integer("pkt_last", "number of its last packet", r => r.LastPacket, (r, v) => r.LastPacket = v, FlowMerge.Max, "packet"),
    ];
}
