namespace Vittne.Packets.Records.Schema;

/// <summary>A kind of record whose fields are read from a view of it.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TView">The view; the record itself where it holds values.</typeparam>
/// <param name="name">Name of the kind.</param>
/// <param name="description">One line for people.</param>
/// <param name="view">Makes the view of a record.</param>
/// <param name="summarise">The record in one line for people.</param>
/// <param name="fields">The fields in output order.</param>
public sealed class RecordSchema<TRecord, TView>(
    string name, string description, RecordView<TRecord, TView> view, Func<TView, string> summarise, params RecordField<TView>[] fields)
    : RecordSchema(name, description, fields)
    where TRecord : Record
    where TView : allows ref struct
{
    /// <inheritdoc/>
    public override bool Holds(Record record) => record is TRecord;

    /// <inheritdoc/>
    public override void Write(Record record, IFieldSink sink)
    {
        TView read = view((TRecord)record);
        foreach (RecordField<TView> field in fields)
        {
            field.Write(read, sink);
        }
    }

    /// <inheritdoc/>
    public override string Summarise(Record record) => summarise(view((TRecord)record));
}
