using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>Two conditions of which one must hold.</summary>
internal sealed class Either(FlowCondition first, FlowCondition second) : FlowCondition
{
    public override bool Holds(FlowRecord record) => first.Holds(record) || second.Holds(record);
}
