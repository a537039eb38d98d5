using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// An event as a row of a table (RFC 4180): a column for each field of record <c>threat</c> in the order of its schema, empty where the field is
/// absent. Lists (<c>forwarded_for</c>, <c>sources</c>, <c>tunnel</c>) are JSON text within their field.
/// </summary>
/// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
public sealed class CsvLine(IReadOnlyList<string> captures) : IThreatLine
{
    /// <summary>What ends a row.</summary>
    public const string End = "\r\n";

    /// <summary>The first row.</summary>
    public const string Header =
        "record,ts,packet,capture,flow,community_id,src_ip,src_port,dst_ip,dst_port,transport,type,trail,indicator,source,info,reference,severity,kind,"
        + "heuristic,measured,threshold,window_s,evidence,forwarded_for,sources,tunnel,count,first_seen,last_seen";

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",\r\n");

    private readonly StringBuilder _text = new();
    private readonly ArrayBufferWriter<byte> _list = new();

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        var fields = new ThreatFields(threat);
        bool isHeuristic = threat.Heuristic.Length > 0;
        ReadOnlySpan<string> row =
        [
            "threat", ThreatFields.Time(threat.At.TimestampNs), Number(threat.At.Number), captures[threat.At.Capture], Number(threat.Flow.Id),
            threat.Flow.CommunityId, fields.Source.ToString(), fields.HasPorts ? Number(fields.SourcePort) : "",
            fields.Destination.ToString(), fields.HasPorts ? Number(fields.DestinationPort) : "", fields.Transport,
            ThreatFields.TypeName(threat.Type), threat.Trail, threat.Indicator, threat.Source, threat.Info, threat.Reference,
            ThreatFields.SeverityName(threat.Severity), isHeuristic ? "heuristic" : "trail",
            threat.Heuristic, isHeuristic ? Number(threat.Measured) : "", isHeuristic ? Number(threat.Threshold) : "",
            isHeuristic && threat.WindowSeconds > 0 ? Number(threat.WindowSeconds) : "", threat.Evidence,
            threat.ForwardedFor.Count > 0 ? List(threat, ThreatJson.WriteForwardedFor) : "",
            threat.Matched is { Sources.Count: > 0 } trail ? List(trail, ThreatJson.WriteSources) : "",
            threat.Flow.Tunnel.Length > 0 ? List(threat.Flow.Tunnel, ThreatJson.WriteTunnel) : "",
            events is null ? "" : Number(events.Count),
            events is null ? "" : ThreatFields.Time(events.FirstSeenNs), events is null ? "" : ThreatFields.Time(events.LastSeenNs),
        ];
        _text.Clear();
        for (int i = 0; i < row.Length; i++)
        {
            _text.Append(i > 0 ? "," : "").Append(Field(row[i]));
        }

        Utf8.Append(output, _text.ToString());
    }

    /// <summary>One field as it stands in the row: in quotes when it holds a quote, a comma or a line end.</summary>
    internal static string Field(string value) =>
        value.AsSpan().ContainsAny(NeedQuotes) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private string List<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        _list.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_list, ThreatJson.Options))
        {
            write(json, value);
        }

        return Encoding.UTF8.GetString(_list.WrittenSpan);
    }
}
