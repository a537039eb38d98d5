using Vittne.Flows.Records;

namespace Vittne.Flows.Tests;

/// <summary>Keeps the records that come to the end of a chain.</summary>
internal sealed class FlowList : IFlowSink
{
    public List<FlowRecord> Records { get; } = [];

    public bool IsFinished { get; private set; }

    public void Add(FlowRecord record)
    {
        Assert.False(IsFinished);
        Records.Add(record);
    }

    public void Finish() => IsFinished = true;
}
