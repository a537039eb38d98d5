namespace Vittne.Engine.Flows.Reading;

/// <summary>How the columns or keys of a form become a record.</summary>
internal abstract class FlowMapping
{
    private readonly Dictionary<string, FlowCellSetter> _setters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FlowCellSetter>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    protected FlowMapping() => _lookup = _setters.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What takes a column; null for one that the form does not know.</summary>
    public virtual FlowCellSetter? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out FlowCellSetter? setter) ? setter : null;

    /// <summary>True for a text that stands for no value.</summary>
    public virtual bool IsUnset(ReadOnlySpan<char> text) => text.IsEmpty;

    /// <summary>All columns of a line came.</summary>
    public abstract FlowLine Complete(FlowDraft draft);

    /// <summary>Names a column.</summary>
    protected void Add(string name, FlowCellSetter setter) => _setters[name] = setter;

    /// <summary>Names a column of whole numbers.</summary>
    protected void Integer(string name, Action<FlowDraft, long> set) => Add(name, (draft, text) =>
    {
        if (!FlowCellText.TryInteger(text, out long value))
        {
            return false;
        }

        set(draft, value);
        return true;
    });

    /// <summary>Names a column of text.</summary>
    protected void Text(string name, Action<FlowDraft, string> set) => Add(name, (draft, text) =>
    {
        set(draft, draft.Pool.Get(text));
        return true;
    });

    /// <summary>Names a column that is a field of records.</summary>
    protected void Field(string name, string field)
    {
        var setter = new FieldSetter(new Vittne.Flows.Records.FlowColumn(field, Vittne.Flows.Records.FlowFields.Get(field)));
        Add(name, setter.Set);
    }
}
