using System.Buffers;
using System.Text.Json;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events as JSON: an object a line, or one array. Keys and types are the schema of record <c>threat</c> (docs/records.md).</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
/// <param name="isArray">True for one array instead of lines.</param>
public sealed class JsonThreatWriter(Stream output, IReadOnlyList<string> captures, bool isArray) : IThreatWriter
{
    private const int FlushLength = 64 << 10;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);
    private long _count;

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        ArgumentNullException.ThrowIfNull(threat);
        _buffer.Write(isArray ? (_count == 0 ? "[\n"u8 : ",\n"u8) : default);
        _count++;
        using (var json = new Utf8JsonWriter(_buffer, ThreatJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("record"u8, "threat"u8);
            json.WriteString("ts"u8, ThreatFields.Time(threat.At.TimestampNs));
            json.WriteNumber("packet"u8, threat.At.Number);
            json.WriteString("capture"u8, captures[threat.At.Capture]);
            json.WriteNumber("flow"u8, threat.Flow.Id);
            json.WriteString("community_id"u8, threat.Flow.CommunityId);
            ThreatJson.WriteEnds(json, new ThreatFields(threat));
            ThreatJson.WriteFind(json, threat, events);
            json.WriteEndObject();
        }

        _buffer.Write(isArray ? default : "\n"u8);
        if (_buffer.WrittenCount >= FlushLength)
        {
            WriteOut();
        }
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        WriteOut();
        output.Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (isArray)
        {
            _buffer.Write(_count == 0 ? "[]\n"u8 : "\n]\n"u8);
        }

        WriteOut();
        output.Flush();
    }

    private void WriteOut()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
