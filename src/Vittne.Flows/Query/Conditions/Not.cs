using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>The opposite of a condition.</summary>
internal sealed class Not(FlowCondition condition) : FlowCondition
{
    public override bool Holds(FlowRecord record) => !condition.Holds(record);
}
