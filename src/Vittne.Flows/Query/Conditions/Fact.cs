using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>A condition that is one of our own functions.</summary>
internal sealed class Fact(Func<FlowRecord, bool> holds) : FlowCondition
{
    public override bool Holds(FlowRecord record) => holds(record);
}
