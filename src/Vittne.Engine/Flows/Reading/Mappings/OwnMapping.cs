using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading.Mappings;

/// <summary>The names of our own records, common ones and aliases included.</summary>
internal sealed class OwnMapping : FlowMapping
{
    private const string FlowKind = "flow";

    private readonly Dictionary<string, FlowCellSetter> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FlowCellSetter>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public OwnMapping()
    {
        foreach (FlowField field in FlowFields.All)
        {
            foreach (string name in (string[])[field.Name, .. field.Aliases])
            {
                // What follows from other fields is computed anew.
                _fields[name] = field.CanSet ? new FieldSetter(new FlowColumn(name, field)).Set : static (draft, _) => Skip(draft);
            }
        }

        _fields["record"] = static (draft, text) =>
        {
            draft.Kind = draft.Pool.Get(text);
            return true;
        };
        _lookup = _fields.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>True for the name of a field.</summary>
    public static bool IsField(string name) => name is "record" || FlowFields.TryFind(name, out _);

    /// <inheritdoc/>
    public override FlowCellSetter? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out FlowCellSetter? setter) ? setter : null;

    /// <inheritdoc/>
    public override FlowLine Complete(FlowDraft draft)
    {
        if (draft.Kind is not null and not FlowKind)
        {
            return FlowLine.Other;
        }

        draft.CompleteTimes();
        return draft.Known > 0 ? FlowLine.Record : FlowLine.Broken;
    }

    private static bool Skip(FlowDraft draft)
    {
        draft.Known++;
        return true;
    }
}
