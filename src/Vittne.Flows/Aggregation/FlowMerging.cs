using Vittne.Flows.Records;
using static Vittne.Flows.Aggregation.MergeRules;

namespace Vittne.Flows.Aggregation;

/// <summary>Merges flow records by the rules of the fields' table. Who they are of (addresses, ports, protocol) is the caller's.</summary>
internal static class FlowMerging
{
    // The worst first; what is not here is kept when equal.
    private static readonly string[] WorstFirst = ["RST", "TIM", "FIN", "CLO", "CON", "EST", "ACC", "REQ", "INT"];

    /// <summary>Takes a record into another one. Both are of the same sides.</summary>
    public static void Merge(FlowRecord into, FlowRecord from)
    {
        // Records of one flow by interval: what tells how far it came is that of the later one.
        bool isContinued = into.Status is not null && from.Status is not null && into.FlowId == from.FlowId && into.FlowId >= 0;
        bool isLater = from.LastNs >= into.LastNs;
        MergeCounters(into, from);
        MergeTexts(into, from, isContinued, isLater);
        MergeTcp(into, from, isContinued, isLater);
        MergeStatistics(into, from);
        MergeContext(into, from);
        into.FlowId = into.FlowId == from.FlowId ? into.FlowId : FlowRecord.Unknown;
        into.FirstNs = Smaller(into.FirstNs, from.FirstNs);
        into.LastNs = Math.Max(into.LastNs, from.LastNs);
        into.TimeDigits = Math.Max(into.TimeDigits, from.TimeDigits);
        into.FirstPacket = into.Capture == from.Capture ? Smaller(into.FirstPacket, from.FirstPacket) : FlowRecord.Unknown;
        into.LastPacket = into.Capture == from.Capture ? Math.Max(into.LastPacket, from.LastPacket) : FlowRecord.Unknown;
        into.Capture = Same(into.Capture, from.Capture);
    }

    private static void MergeCounters(FlowRecord into, FlowRecord from)
    {
        into.SourcePackets = FlowRecord.Sum(into.SourcePackets, from.SourcePackets);
        into.DestinationPackets = FlowRecord.Sum(into.DestinationPackets, from.DestinationPackets);
        into.SourceBytes = FlowRecord.Sum(into.SourceBytes, from.SourceBytes);
        into.DestinationBytes = FlowRecord.Sum(into.DestinationBytes, from.DestinationBytes);
        into.SourceIpBytes = FlowRecord.Sum(into.SourceIpBytes, from.SourceIpBytes);
        into.DestinationIpBytes = FlowRecord.Sum(into.DestinationIpBytes, from.DestinationIpBytes);
        into.SourceAppBytes = FlowRecord.Sum(into.SourceAppBytes, from.SourceAppBytes);
        into.DestinationAppBytes = FlowRecord.Sum(into.DestinationAppBytes, from.DestinationAppBytes);
        into.SourceSequenceBytes = FlowRecord.Sum(into.SourceSequenceBytes, from.SourceSequenceBytes);
        into.DestinationSequenceBytes = FlowRecord.Sum(into.DestinationSequenceBytes, from.DestinationSequenceBytes);
        into.SourceFlags = Bits(into.SourceFlags, from.SourceFlags);
        into.DestinationFlags = Bits(into.DestinationFlags, from.DestinationFlags);
        into.SourceTtl = Same(into.SourceTtl, from.SourceTtl);
        into.DestinationTtl = Same(into.DestinationTtl, from.DestinationTtl);
        into.SourceTos = Same(into.SourceTos, from.SourceTos);
        into.DestinationTos = Same(into.DestinationTos, from.DestinationTos);
        into.SourceMac = Same(into.SourceMac, from.SourceMac);
        into.DestinationMac = Same(into.DestinationMac, from.DestinationMac);
        into.AnomalyCount = (int)Math.Min(FlowRecord.Sum(into.AnomalyCount, from.AnomalyCount), int.MaxValue);
        into.Anomalies = Union(into.Anomalies, from.Anomalies);
    }

    private static void MergeTexts(FlowRecord into, FlowRecord from, bool isContinued, bool isLater)
    {
        if (isContinued)
        {
            into.State = Last(into.State, from.State, isLater);
            into.StateLetters = Last(into.StateLetters, from.StateLetters, isLater);
            into.ConnectionState = Last(into.ConnectionState, from.ConnectionState, isLater);
            into.History = Last(into.History, from.History, isLater);
            into.EveState = Last(into.EveState, from.EveState, isLater);
            into.Reason = Last(into.Reason, from.Reason, isLater);
            into.Service = Last(into.Service, from.Service, isLater);
            into.ServiceBy = Last(into.ServiceBy, from.ServiceBy, isLater);
        }
        else
        {
            into.State = Worst(into.State, from.State);
            into.StateLetters = Same(into.StateLetters, from.StateLetters);
            into.ConnectionState = Same(into.ConnectionState, from.ConnectionState);
            into.History = Same(into.History, from.History);
            into.EveState = Same(into.EveState, from.EveState);
            into.Reason = Same(into.Reason, from.Reason);
            into.Service = Same(into.Service, from.Service);
            into.ServiceBy = Same(into.ServiceBy, from.ServiceBy);
        }

        into.Status = Same(into.Status, from.Status);
        into.ToldCommunityId = Same(into.ToldCommunityId, from.ToldCommunityId);
        into.Direction = Joined(into.Direction, from.Direction);
        into.IsDirectionGuessed |= from.IsDirectionGuessed;
    }

    private static void MergeTcp(FlowRecord into, FlowRecord from, bool isContinued, bool isLater)
    {
        if (from.Tcp is not { } other)
        {
            into.Tcp?.DropDiffering();
            return;
        }

        if (into.Tcp is not { } tcp)
        {
            other.DropDiffering();
            into.Tcp = other;
            return;
        }

        tcp.Merge(other, isContinued, isLater);
    }

    private static void MergeStatistics(FlowRecord into, FlowRecord from)
    {
        if (into.Statistics is null && from.Statistics is null)
        {
            return;
        }

        into.NeedStatistics().Merge(from.NeedStatistics());
    }

    private static void MergeContext(FlowRecord into, FlowRecord from)
    {
        if (into.Context is not null || from.Context is not null)
        {
            into.NeedContext().Merge(from.NeedContext());
        }

        into.Vlan = into.Vlan.AsSpan().SequenceEqual(from.Vlan) ? into.Vlan : null;
    }

    // What is known is more than what is guessed; two ways that contradict each other are both.
    private static FlowDirection Joined(FlowDirection a, FlowDirection b) =>
        a == b || b == FlowDirection.Unknown || (b == FlowDirection.Guessed && a != FlowDirection.Unknown) ? a
        : a is FlowDirection.Unknown or FlowDirection.Guessed ? b
        : FlowDirection.Both;

    private static string? Worst(string? a, string? b)
    {
        int first = Array.IndexOf(WorstFirst, a), second = Array.IndexOf(WorstFirst, b);
        return first < 0 && second < 0 ? Same(a, b) : first < 0 ? b : second < 0 || first <= second ? a : b;
    }
}
