using System.Globalization;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.TestKit;

/// <summary>The fields of a record as a test asks for them: values by dotted path, items of a list joined by a comma.</summary>
public sealed class FieldList : IFieldSink
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _path = [];

    private FieldList()
    {
    }

    /// <summary>The value at a path (<c>cert_chain.sha1</c>), or null when it is absent.</summary>
    public string? this[string path] => _values.GetValueOrDefault(path);

    /// <summary>Writes a record by its schema.</summary>
    public static FieldList Of(RecordSchema schema, Record record)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var fields = new FieldList();
        schema.Write(record, fields);
        return fields;
    }

    public void Text(string name, string value)
    {
        string path = string.Join('.', _path.Append(name).Where(static part => part.Length > 0));
        _values[path] = _values.TryGetValue(path, out string? before) ? $"{before},{value}" : value;
    }

    public void Integer(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public void Number(string name, double value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public void Flag(string name, bool value) => Text(name, value ? "true" : "false");

    public void Time(string name, long timestampNs, bool isWholeSeconds) => Integer(name, timestampNs);

    public void BeginList(string name) => _path.Add(name);

    public void EndList() => _path.RemoveAt(_path.Count - 1);

    public void BeginObject(string name) => _path.Add(name);

    public void EndObject() => _path.RemoveAt(_path.Count - 1);
}
