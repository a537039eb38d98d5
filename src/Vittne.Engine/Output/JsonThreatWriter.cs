using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events as JSON: an object a line, or one array. Keys and types are the schema of record <c>threat</c> (docs/records.md).</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
/// <param name="isArray">True for one array instead of lines.</param>
public sealed class JsonThreatWriter(Stream output, IReadOnlyList<string> captures, bool isArray) : IThreatWriter
{
    private const int FlushLength = 64 << 10;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);
    private long _count;

    /// <inheritdoc/>
    public void Write(ThreatRecord threat)
    {
        ArgumentNullException.ThrowIfNull(threat);
        _buffer.Write(isArray ? (_count == 0 ? "[\n"u8 : ",\n"u8) : default);
        _count++;
        // Hostile text is escaped where JSON asks for it; the rest stays readable UTF-8.
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            WriteObject(json, threat);
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

    private void WriteObject(Utf8JsonWriter json, ThreatRecord threat)
    {
        var fields = new ThreatFields(threat);
        json.WriteStartObject();
        json.WriteString("record"u8, "threat"u8);
        json.WriteString("ts"u8, ThreatFields.Time(threat.At.TimestampNs));
        json.WriteNumber("packet"u8, threat.At.Number);
        json.WriteString("capture"u8, captures[threat.At.Capture]);
        json.WriteNumber("flow"u8, threat.Flow.Id);
        json.WriteString("community_id"u8, threat.Flow.CommunityId);
        json.WriteString("src_ip"u8, fields.Source.ToString());
        if (fields.HasPorts)
        {
            json.WriteNumber("src_port"u8, fields.SourcePort);
        }

        json.WriteString("dst_ip"u8, fields.Destination.ToString());
        if (fields.HasPorts)
        {
            json.WriteNumber("dst_port"u8, fields.DestinationPort);
        }

        json.WriteString("transport"u8, fields.Transport);
        json.WriteString("type"u8, ThreatFields.TypeName(threat.Type));
        json.WriteString("trail"u8, threat.Trail);
        json.WriteString("indicator"u8, threat.Indicator);
        json.WriteString("source"u8, threat.Source);
        json.WriteString("info"u8, threat.Info);
        json.WriteString("reference"u8, threat.Reference);
        json.WriteString("severity"u8, ThreatFields.SeverityName(threat.Severity));
        json.WriteString("kind"u8, threat.Heuristic.Length > 0 ? "heuristic"u8 : "trail"u8);
        WriteHeuristic(json, threat);
        if (threat.ForwardedFor.Count > 0)
        {
            json.WriteStartArray("forwarded_for"u8);
            foreach (string address in threat.ForwardedFor)
            {
                json.WriteStringValue(address);
            }

            json.WriteEndArray();
        }

        WriteSources(json, threat);
        WriteTunnel(json, threat.Flow.Tunnel);
        json.WriteEndObject();
    }

    private static void WriteHeuristic(Utf8JsonWriter json, ThreatRecord threat)
    {
        if (threat.Heuristic.Length > 0)
        {
            json.WriteString("heuristic"u8, threat.Heuristic);
            json.WriteNumber("measured"u8, threat.Measured);
            json.WriteNumber("threshold"u8, threat.Threshold);
            if (threat.WindowSeconds > 0)
            {
                json.WriteNumber("window_s"u8, threat.WindowSeconds);
            }
        }
    }

    private static void WriteSources(Utf8JsonWriter json, ThreatRecord threat)
    {
        if (threat.Matched is not { Sources.Count: > 0 } trail)
        {
            return;
        }

        json.WriteStartArray("sources"u8);
        foreach (TrailSource source in trail.Sources)
        {
            json.WriteStartObject();
            json.WriteString("list"u8, source.List);
            if (source.Line > 0)
            {
                json.WriteNumber("line"u8, source.Line);
            }

            if (source.References.Count > 0)
            {
                json.WriteStartArray("reference"u8);
                foreach (string reference in source.References)
                {
                    json.WriteStringValue(reference);
                }

                json.WriteEndArray();
            }

            if (source.Aliases.Length > 0)
            {
                json.WriteString("aliases"u8, source.Aliases);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTunnel(Utf8JsonWriter json, TunnelLayer[] tunnel)
    {
        if (tunnel.Length == 0)
        {
            return;
        }

        json.WriteStartArray("tunnel"u8);
        foreach (TunnelLayer layer in tunnel)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, layer.Type);
            json.WriteString("src_ip"u8, layer.Source.ToString());
            json.WriteString("dst_ip"u8, layer.Destination.ToString());
            if (layer.Id != 0)
            {
                json.WriteNumber("id"u8, layer.Id);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
