using System.Globalization;
using System.Text;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events as lines of Maltrail's log, byte for byte: eleven fields separated by one blank, quoted where they hold a blank or a quote.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="sensor">Name of the sensor.</param>
/// <param name="zone">Zone of the times.</param>
public sealed class MaltrailThreatWriter(Stream output, string sensor, TimeZoneInfo zone) : IThreatWriter
{
    private const int FlushLength = 64 << 10;

    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public void Write(ThreatRecord threat)
    {
        ArgumentNullException.ThrowIfNull(threat);
        AppendLine(_text, threat, sensor, zone);
        if (_text.Length >= FlushLength)
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
        WriteOut();
        output.Flush();
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

    private static void AppendLine(StringBuilder text, ThreatRecord threat, string sensor, TimeZoneInfo zone)
    {
        var fields = new ThreatFields(threat);
        string source = fields.Source.ToString();
        if (threat.ForwardedFor.Count > 0)
        {
            source = $"{source},{string.Join(',', threat.ForwardedFor)}";
        }

        text.Append(Field(ThreatFields.MaltrailTime(threat.At.TimestampNs, zone))).Append(' ');
        text.Append(Field(sensor)).Append(' ');
        text.Append(Field(source)).Append(' ').Append(Port(fields.SourcePort, fields.HasPorts)).Append(' ');
        text.Append(Field(fields.Destination.ToString())).Append(' ').Append(Port(fields.DestinationPort, fields.HasPorts)).Append(' ');
        string protocol = fields.Transport;
        text.Append(protocol == "icmp6" ? "ICMPV6" : protocol.ToUpperInvariant()).Append(' ');
        text.Append(ThreatFields.TypeName(threat.Type)).Append(' ');
        text.Append(Field(threat.Trail)).Append(' ').Append(Field(threat.Info)).Append(' ').Append(Field(threat.Reference)).Append('\n');
    }

    private static string Port(ushort port, bool hasPorts) => hasPorts && port != 0 ? port.ToString(CultureInfo.InvariantCulture) : "-";

    private void WriteOut()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
