using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>Records as JSON Lines: the common fields, then those of the kind.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
public sealed class JsonRecordWriter(Stream output, IReadOnlyList<string> captures) : IRecordWriter, IFieldSink
{
    private const int FlushLength = 64 << 10;

    // Hostile text is escaped where JSON asks for it; the rest stays readable UTF-8.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);
    private Utf8JsonWriter? _json;

    private Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_buffer, Options);

    /// <inheritdoc/>
    public void Write(RecordSchema schema, Record record)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(record);
        Json.Reset(_buffer);
        Json.WriteStartObject();
        CommonFields.Write(new CommonView(schema, record, captures[record.At.Capture]), this);
        schema.Write(record, this);
        Json.WriteEndObject();
        Json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushLength)
        {
            WriteOut();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        WriteOut();
        output.Flush();
    }

    /// <inheritdoc/>
    public void Text(string name, string value)
    {
        Name(name);
        Json.WriteStringValue(value);
    }

    /// <inheritdoc/>
    public void Integer(string name, long value)
    {
        Name(name);
        Json.WriteNumberValue(value);
    }

    /// <inheritdoc/>
    public void Number(string name, double value)
    {
        Name(name);
        Json.WriteNumberValue(value);
    }

    /// <inheritdoc/>
    public void Flag(string name, bool value)
    {
        Name(name);
        Json.WriteBooleanValue(value);
    }

    /// <inheritdoc/>
    public void Time(string name, long timestampNs, bool isWholeSeconds) =>
        Text(name, isWholeSeconds ? RecordTime.OfWholeSeconds(timestampNs) : RecordTime.Of(timestampNs));

    /// <inheritdoc/>
    public void BeginList(string name)
    {
        Name(name);
        Json.WriteStartArray();
    }

    /// <inheritdoc/>
    public void EndList() => Json.WriteEndArray();

    /// <inheritdoc/>
    public void BeginObject(string name)
    {
        Name(name);
        Json.WriteStartObject();
    }

    /// <inheritdoc/>
    public void EndObject() => Json.WriteEndObject();

    private void Name(string name)
    {
        if (name.Length > 0)
        {
            Json.WritePropertyName(name);
        }
    }

    private void WriteOut()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
