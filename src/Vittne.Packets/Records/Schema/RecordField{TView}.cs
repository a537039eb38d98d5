namespace Vittne.Packets.Records.Schema;

/// <summary>One field of the schema together with how its value is read. Made by <see cref="Field"/>.</summary>
/// <typeparam name="TView">What it is read from: a record, or a view of its bytes.</typeparam>
public sealed class RecordField<TView> : RecordField
    where TView : allows ref struct
{
    private readonly FieldWriter<TView> _write;

    /// <summary>Makes a field.</summary>
    public RecordField(string name, FieldKind kind, bool isList, string description, IReadOnlyList<RecordField> members, FieldWriter<TView> write)
        : base(name, kind, isList, description, members) => _write = write;

    /// <summary>Tells the value, or nothing when it is absent.</summary>
    public void Write(TView view, IFieldSink sink) => _write(view, Name, sink);

    /// <summary>The same field with names of other tools.</summary>
    public RecordField<TView> Also(params string[] aliases) => new(Name, Kind, IsList, Description, Members, _write) { Aliases = aliases };
}
