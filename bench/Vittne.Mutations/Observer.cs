using System.Numerics;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols;

namespace Vittne.Mutations;

/// <summary>
/// Reads every field of every record, as outputs do, and remembers which kinds of value came up: an input that shows a new one is worth damaging
/// further. That costs next to nothing and leads mutation deeper than chance.
/// </summary>
internal sealed class Observer : IRecordSink, IFieldSink
{
    // What a record tells is read; of a flood of records the first ones say enough.
    private const int MaxRecordsRead = 512;

    private readonly HashSet<ulong> _seen = [];
    private ulong _place;
    private int _depth;
    private int _read;

    /// <summary>Records since <see cref="Begin"/>.</summary>
    public int Records { get; private set; }

    /// <summary>True when something came up that never did before.</summary>
    public bool IsNew { get; private set; }

    /// <summary>How many kinds of value came up.</summary>
    public int Kinds => _seen.Count;

    /// <summary>Begins the next input.</summary>
    public void Begin()
    {
        IsNew = false;
        Records = _read = 0;
    }

    /// <summary>Notes a number under a name; sizes count by their magnitude.</summary>
    public void Note(string what, long value) => Remember(Mix(HashOf(what), Magnitude(value)));

    /// <inheritdoc/>
    public void Add(Record record)
    {
        Records++;
        Note(record.GetType().Name, (int)record.Direction);
        if (record is AnomalyRecord anomaly)
        {
            Note("anomaly", (long)anomaly.Kind << 32);
            if (anomaly.Kind == AnomalyKind.ParserException)
            {
                throw new FuzzFailureException($"a parser failed: {anomaly.Detail}");
            }
        }

        if (_read++ >= MaxRecordsRead)
        {
            return;
        }

        foreach (RecordSchema schema in RecordSchemas.All)
        {
            if (schema.Holds(record))
            {
                _place = HashOf(schema.Name);
                _depth = 0;
                schema.Write(record, this);
                Note("summary", schema.Summarise(record).Length);
            }
        }
    }

    /// <inheritdoc/>
    public void Text(string name, string value) => Field(name, value.Length);

    /// <inheritdoc/>
    public void Integer(string name, long value) => Field(name, value);

    /// <inheritdoc/>
    public void Number(string name, double value) => Field(name, value is > -1e18 and < 1e18 ? (long)value : -1);

    /// <inheritdoc/>
    public void Flag(string name, bool value) => Field(name, value ? 1 : 0);

    /// <inheritdoc/>
    public void Time(string name, long timestampNs, bool isWholeSeconds) => Field(name, 0);

    /// <inheritdoc/>
    public void BeginList(string name) => Enter(name);

    /// <inheritdoc/>
    public void EndList() => _depth--;

    /// <inheritdoc/>
    public void BeginObject(string name) => Enter(name);

    /// <inheritdoc/>
    public void EndObject() => _depth--;

    private static ulong Magnitude(long value) => value >= 1L << 32 ? (ulong)value : value < 0 ? 99 : (ulong)BitOperations.Log2((ulong)value + 1);

    private static ulong Mix(ulong left, ulong right) => (left ^ (right * 0x9E37_79B9_7F4A_7C15)) * 0xD6E8_FEB8_6659_FD93;

    // Not string.GetHashCode, which differs from run to run.
    private static ulong HashOf(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 1_099_511_628_211;
        }

        return hash;
    }

    private void Enter(string name)
    {
        _depth++;
        Field(name, 0);
    }

    private void Field(string name, long value) => Remember(Mix(Mix(_place, HashOf(name) + (ulong)_depth), Magnitude(value)));

    private void Remember(ulong feature) => IsNew |= _seen.Add(feature);
}
