using System.Globalization;
using System.Text;
using Vittne.Packets.Records.Schema;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Protocols.Tests.CommandLines;

/// <summary>The fields of a record in one line of text: <c>smtp command=QUIT reply_code=221</c>.</summary>
internal sealed class FieldText : IFieldSink
{
    private readonly StringBuilder _text = new();

    /// <summary>All records, one line each.</summary>
    public static string[] Tell(IEnumerable<Record> records) => [.. records.Select(Tell)];

    private static string Tell(Record record)
    {
        RecordSchema schema = RecordSchemas.All.Single(schema => schema.Holds(record));
        var sink = new FieldText();
        sink._text.Append(schema.Name);
        schema.Write(record, sink);
        Assert.NotNull(schema.Summarise(record));
        return sink._text.ToString();
    }

    /// <inheritdoc/>
    public void Text(string name, string value) => Name(name).Append(value);

    /// <inheritdoc/>
    public void Integer(string name, long value) => Name(name).Append(value);

    /// <inheritdoc/>
    public void Number(string name, double value) => Name(name).Append(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Flag(string name, bool value) => Name(name).Append(value ? "true" : "false");

    /// <inheritdoc/>
    public void Time(string name, long timestampNs, bool isWholeSeconds) => Name(name).Append(timestampNs);

    /// <inheritdoc/>
    public void BeginList(string name) => Name(name).Append('[');

    /// <inheritdoc/>
    public void EndList() => _text.Append(" ]");

    /// <inheritdoc/>
    public void BeginObject(string name) => Name(name).Append('{');

    /// <inheritdoc/>
    public void EndObject() => _text.Append(" }");

    private StringBuilder Name(string name) => _text.Append(' ').Append(name).Append(name.Length > 0 ? "=" : "");
}
