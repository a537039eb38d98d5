using Vittne.Flows.Table;

namespace Vittne.Flows.Metering;

/// <summary>Everything that is known of a flow when its record is written.</summary>
internal readonly ref struct FlowParts(
    ref readonly FlowEntry entry, ref readonly MeasuredFlow flow, ref FlowDetail detail, ref TcpDetail tcp, ref StatisticsMeter statistics, FlowNotes? notes)
{
    /// <summary>The table entry.</summary>
    public readonly ref readonly FlowEntry Entry = ref entry;

    /// <summary>The first packet and the service.</summary>
    public readonly ref readonly MeasuredFlow Flow = ref flow;

    /// <summary>Counters.</summary>
    public readonly ref FlowDetail Detail = ref detail;

    /// <summary>TCP; of meaning when <see cref="FlowDetail.Tcp"/> is set.</summary>
    public readonly ref TcpDetail Tcp = ref tcp;

    /// <summary>Statistics; of meaning when <see cref="FlowDetail.Statistics"/> is set.</summary>
    public readonly ref StatisticsMeter Statistics = ref statistics;

    /// <summary>Rare things; null without.</summary>
    public FlowNotes? Notes { get; } = notes;
}
