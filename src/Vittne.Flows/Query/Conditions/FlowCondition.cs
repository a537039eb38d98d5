using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>Something that is true or false of a flow record.</summary>
internal abstract class FlowCondition
{
    /// <summary>Whether it is true of a record.</summary>
    public abstract bool Holds(FlowRecord record);
}
