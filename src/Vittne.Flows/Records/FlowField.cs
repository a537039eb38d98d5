namespace Vittne.Flows.Records;

/// <summary>One field of flow records: its names, type and how it is read, set, sorted and merged.</summary>
/// <param name="name">The name in outputs and options.</param>
/// <param name="kind">Type of its values.</param>
/// <param name="description">What it is, with its unit, for people.</param>
/// <param name="get">Reads it.</param>
/// <param name="set">Sets it from a value of its kind; null when it follows from other fields.</param>
public sealed class FlowField(string name, FlowFieldKind kind, string description, Func<FlowRecord, FlowValue> get, Action<FlowRecord, FlowValue>? set)
{
    /// <summary>The name in outputs and options.</summary>
    public string Name { get; } = name;

    /// <summary>Other names that options accept: those of argus and the common ones of all records.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Type of its values.</summary>
    public FlowFieldKind Kind { get; } = kind;

    /// <summary>What it is, with its unit, for people.</summary>
    public string Description { get; } = description;

    /// <summary>True when sorting by it puts the largest first unless told otherwise: counts, rates and durations.</summary>
    public bool SortsDescending { get; } = kind is FlowFieldKind.Integer or FlowFieldKind.Decimal or FlowFieldKind.Duration;

    /// <summary>What aggregation does with it.</summary>
    public FlowMerge Merge { get; init; } = set is null ? FlowMerge.Derived : FlowMerge.Same;

    /// <summary>True when it is written only on demand: it follows from other fields, or another field tells the same.</summary>
    public bool IsOnDemand { get; init; } = set is null;

    /// <summary>True when a record that is read back can be given it.</summary>
    public bool CanSet => set is not null;

    /// <summary>The value in a record.</summary>
    public FlowValue Get(FlowRecord record) => get(record);

    /// <summary>Sets it; nothing happens for a value of another kind or a field that cannot be set.</summary>
    public void Set(FlowRecord record, in FlowValue value)
    {
        if (value.Kind == Kind || (value.Kind == FlowFieldKind.Text && value.Text == FlowValue.AnyText))
        {
            set?.Invoke(record, value);
        }
    }
}
