using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>Two conditions that must both hold.</summary>
internal sealed class Both(FlowCondition first, FlowCondition second) : FlowCondition
{
    public override bool Holds(FlowRecord record) => first.Holds(record) && second.Holds(record);
}
