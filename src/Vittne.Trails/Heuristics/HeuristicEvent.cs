using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics;

/// <summary>Makes the records that heuristics tell.</summary>
internal static class HeuristicEvent
{
    public const string Reference = "(heuristic)";

    /// <summary>An event seen in a record: it has the packet, the flow and the direction of that record.</summary>
    public static ThreatRecord Make(
        Record seenIn,
        DetectorDescriptor descriptor,
        EventType type,
        string trail,
        string source,
        string info,
        Measure measure = default,
        FlowIdentity? flow = null,
        IReadOnlyList<string>? forwardedFor = null,
        string evidence = "") => new()
        {
            Flow = flow ?? seenIn.Flow,
            At = seenIn.At,
            Direction = seenIn.Direction,
            Type = type,
            Trail = trail,
            Indicator = trail,
            Source = source,
            Info = info,
            Reference = Reference,
            Severity = SeverityRules.Of(info, Reference),
            Heuristic = descriptor.Name,
            Measured = measure.Value,
            Threshold = measure.Threshold,
            WindowSeconds = measure.WindowSeconds,
            Evidence = evidence,
            ForwardedFor = forwardedFor ?? [],
        };
}
