namespace Vittne.Packets.Records.Schema;

/// <summary>
/// One kind of record: its name, its fields and how they are read. What outputs print, what <c>decode -l</c> lists and what docs/records.md
/// documents all come from here. Fields that every record has (<c>ts</c>, <c>packet</c>, …) are the writers' own.
/// </summary>
/// <param name="name">Name of the kind: <c>dns</c>, <c>http</c>, …</param>
/// <param name="description">One line for people.</param>
/// <param name="fields">The fields in output order.</param>
public abstract class RecordSchema(string name, string description, IReadOnlyList<RecordField> fields)
{
    /// <summary>Name of the kind.</summary>
    public string Name { get; } = name;

    /// <summary>One line for people.</summary>
    public string Description { get; } = description;

    /// <summary>The fields in output order.</summary>
    public IReadOnlyList<RecordField> Fields { get; } = fields;

    /// <summary>Whether a record is of this kind.</summary>
    public abstract bool Holds(Record record);

    /// <summary>Tells the values of a record's fields in order.</summary>
    public abstract void Write(Record record, IFieldSink sink);

    /// <summary>The record in one line for people, without its time and endpoints. May hold control characters of traffic.</summary>
    public abstract string Summarise(Record record);
}
