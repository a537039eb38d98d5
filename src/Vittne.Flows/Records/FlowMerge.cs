namespace Vittne.Flows.Records;

/// <summary>What aggregation does with a field.</summary>
public enum FlowMerge : byte
{
    /// <summary>Kept when equal in all records, else dropped.</summary>
    Same,

    /// <summary>Added.</summary>
    Add,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The mean over the records that tell it.</summary>
    Mean,

    /// <summary>All bits of all records.</summary>
    Or,

    /// <summary>The worst in argus' order of states.</summary>
    Worst,

    /// <summary>Set when it is set in any.</summary>
    Any,

    /// <summary>Follows from other fields.</summary>
    Derived,

    /// <summary>Made by aggregation itself.</summary>
    Own,
}
