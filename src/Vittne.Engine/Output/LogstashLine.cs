using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>An event as the JSON object that Maltrail sends to Logstash: its keys in its order, ASCII only; <c>count</c> and times after them.</summary>
/// <param name="sensor">Name of the sensor.</param>
public sealed class LogstashLine(string sensor) : IThreatLine
{
    private const long NsPerSecond = 1_000_000_000;

    // The default encoder escapes all that is not ASCII.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        var ends = new EventEnds(threat, events);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("timestamp"u8, threat.At.TimestampNs / NsPerSecond);
        json.WriteString("sensor"u8, sensor);
        json.WriteString("severity"u8, ThreatFields.SeverityName(threat.Severity));
        json.WriteString("src_ip"u8, ends.Source);
        WritePort(json, "src_port"u8, ends.SourcePort);
        json.WriteString("dst_ip"u8, ends.Destination);
        WritePort(json, "dst_port"u8, ends.DestinationPort);
        json.WriteString("proto"u8, ends.Protocol);
        json.WriteString("type"u8, ThreatFields.TypeName(threat.Type));
        json.WriteString("trail"u8, threat.Trail);
        json.WriteString("info"u8, threat.Info);
        json.WriteString("reference"u8, threat.Reference);
        if (events is { Count: > 1 })
        {
            ThreatJson.WriteEvents(json, events);
        }

        json.WriteEndObject();
    }

    // One port is a number; several are a text, and so is the dash for none.
    private static void WritePort(Utf8JsonWriter json, ReadOnlySpan<byte> name, string port)
    {
        if (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, port.Length > 0 ? port : "-");
        }
    }
}
