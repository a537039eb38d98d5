using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>Takes the values of a record apart into those of each path: what tables and columns are made of.</summary>
/// <param name="take">Takes a path and one of its values; a field of a list comes once for each item.</param>
public sealed class FieldCells(Action<string, string> take) : IFieldSink
{
    private readonly Stack<string> _prefixes = new();
    private string _prefix = "";

    /// <inheritdoc/>
    public void Text(string name, string value) => take(PathOf(name), value);

    /// <inheritdoc/>
    public void Integer(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Number(string name, double value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Flag(string name, bool value) => Text(name, value ? "true" : "false");

    /// <inheritdoc/>
    public void Time(string name, long timestampNs, bool isWholeSeconds) =>
        Text(name, isWholeSeconds ? RecordTime.OfWholeSeconds(timestampNs) : RecordTime.Of(timestampNs));

    /// <inheritdoc/>
    public void BeginList(string name) => Push(name);

    /// <inheritdoc/>
    public void EndList() => _prefix = _prefixes.Pop();

    /// <inheritdoc/>
    public void BeginObject(string name) => Push(name);

    /// <inheritdoc/>
    public void EndObject() => _prefix = _prefixes.Pop();

    private string PathOf(string name) => name.Length == 0 ? _prefix : _prefix.Length == 0 ? name : $"{_prefix}.{name}";

    private void Push(string name)
    {
        _prefixes.Push(_prefix);
        _prefix = PathOf(name);
    }
}
