using System.Globalization;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.TestKit;

/// <summary>The fields of a record as lines <c>name=value</c>; members of lists and objects in brackets.</summary>
public sealed class FieldLines : List<string>, IFieldSink
{
    private string _line = "";
    private int _depth;

    /// <summary>The fields of a record.</summary>
    public static FieldLines Of(RecordSchema schema, Record record)
    {
        ArgumentNullException.ThrowIfNull(schema);
        FieldLines lines = [];
        schema.Write(record, lines);
        return lines;
    }

    /// <summary>The value of a field; null when it is absent.</summary>
    public string? Value(string name) => Find(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <inheritdoc/>
    public void Text(string name, string value) => Tell(name, value);

    /// <inheritdoc/>
    public void Integer(string name, long value) => Tell(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Number(string name, double value) => Tell(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Flag(string name, bool value) => Tell(name, value ? "true" : "false");

    /// <inheritdoc/>
    public void Time(string name, long timestampNs, bool isWholeSeconds) => Tell(name, timestampNs.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void BeginList(string name) => Begin(name, '[');

    /// <inheritdoc/>
    public void EndList() => End(']');

    /// <inheritdoc/>
    public void BeginObject(string name) => Begin(name, '{');

    /// <inheritdoc/>
    public void EndObject() => End('}');

    private void Begin(string name, char bracket)
    {
        _line += (name.Length > 0 ? name + "=" : "") + bracket;
        _depth++;
    }

    private void End(char bracket)
    {
        _line = _line.TrimEnd(' ') + bracket;
        if (--_depth == 0)
        {
            Add(_line);
            _line = "";
        }
        else
        {
            _line += ' ';
        }
    }

    private void Tell(string name, string value)
    {
        string text = (name.Length > 0 ? name + "=" : "") + value;
        if (_depth == 0)
        {
            Add(text);
        }
        else
        {
            _line += text + " ";
        }
    }
}
