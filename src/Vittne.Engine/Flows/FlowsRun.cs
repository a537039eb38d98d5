using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Flows.Records;
using Vittne.Packets.Records;

namespace Vittne.Engine.Flows;

/// <summary>One run that measures the flows of captures.</summary>
/// <param name="options">How.</param>
/// <param name="input">What to read.</param>
/// <param name="told">Takes each record, ordered by the packet that ended its flow; those that end together by their first packet.</param>
public sealed class FlowsRun(FlowsOptions options, SpineOptions input, Action<FlowRecord> told)
{
    private readonly List<FlowsStage> _stages = [];
    private readonly FlowRelations _relations = new();
    private long _records;
    private long _clockBack;

    /// <summary>Reads everything and tells all flows.</summary>
    public FlowsSummary Run(CancellationToken cancellation)
    {
        SpineOptions reading = input with { Decoding = input.Decoding with { KeepsPlaces = true, KeyParts = options.KeyParts } };
        SpineSummary summary = new SpineRun(reading, CreateStage, Collect).Run(cancellation);
        var flows = new FlowCounters();
        foreach (FlowsStage stage in _stages)
        {
            flows.Add(stage.Meter.Counters);
            flows.Add(stage.Frames.Counters);
        }

        return new FlowsSummary
        {
            Input = summary,
            Flows = flows,
            Records = _records,
            BadChecksums = _stages.Sum(static stage => stage.Meter.BadChecksums),
            ClockBack = _clockBack,
        };
    }

    private FlowsStage CreateStage(IRecordSink output)
    {
        var stage = new FlowsStage(options, output);
        _stages.Add(stage);
        return stage;
    }

    private void Collect(Record record)
    {
        if (record is FlowHinted hinted)
        {
            _relations.Take(hinted.Hint);
            return;
        }

        FlowRecord flow = ((FlowTold)record).Told;
        _relations.Complete(flow);
        _records++;
        _clockBack += Math.Max(flow.Context?.ClockBack ?? 0, 0);
        if (flow.CaptureNumber >= 0 && flow.CaptureNumber < input.Captures.Count)
        {
            flow.Capture = input.Captures[flow.CaptureNumber];
        }

        told(flow);
    }
}
