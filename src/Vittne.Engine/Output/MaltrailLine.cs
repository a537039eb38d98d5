using System.Buffers;
using System.Text;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>An event as a line of Maltrail's log, byte for byte: eleven fields separated by one blank, quoted where they hold a blank or a quote.</summary>
/// <param name="sensor">Name of the sensor.</param>
/// <param name="zone">Zone of the times.</param>
public sealed class MaltrailLine(string sensor, TimeZoneInfo zone) : IThreatLine
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        var ends = new EventEnds(threat, events);
        ReadOnlySpan<string> fields =
        [
            ThreatFields.MaltrailTime(threat.At.TimestampNs, zone), sensor, ends.Source, ends.SourcePort, ends.Destination, ends.DestinationPort,
            ends.Protocol, ThreatFields.TypeName(threat.Type), threat.Trail, threat.Info, threat.Reference,
        ];
        _text.Clear();
        foreach (string field in fields)
        {
            _text.Append(_text.Length > 0 ? " " : "").Append(Field(field));
        }

        Utf8.Append(output, _text.ToString());
    }

    /// <summary>One field as it stands in the line.</summary>
    internal static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "-";
        }

        string flat = value.Replace('\r', ' ').Replace('\n', ' ');
        return flat.AsSpan().ContainsAny(' ', '"') ? $"\"{flat.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : flat;
    }
}
