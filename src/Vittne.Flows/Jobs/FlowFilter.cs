using Vittne.Flows.Query;
using Vittne.Flows.Records;

namespace Vittne.Flows.Jobs;

/// <summary>Hands on the records that meet a condition.</summary>
internal sealed class FlowFilter(FlowQuery query, IFlowSink next) : IFlowSink
{
    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        if (query.Matches(record))
        {
            next.Add(record);
        }
    }

    /// <inheritdoc/>
    public void Finish() => next.Finish();
}
