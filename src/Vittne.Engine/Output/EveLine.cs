using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// An event in the form of an alert of Suricata's EVE log, so that what reads those reads these; everything that alerts have no place for is in the
/// object <c>vittne</c> under the names of record <c>threat</c>.
/// </summary>
/// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
public sealed class EveLine(IReadOnlyList<string> captures) : IThreatLine
{
    // Signature numbers of Vittne are hashes of what is told: a generator of their own keeps them apart from those of rules, which have 1.
    private const int Generator = 8338;

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        var fields = new ThreatFields(threat);
        using var json = new Utf8JsonWriter(output, ThreatJson.Options);
        json.WriteStartObject();
        json.WriteString("timestamp"u8, ThreatFields.UtcTime(threat.At.TimestampNs).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+0000'", CultureInfo.InvariantCulture));
        json.WriteNumber("flow_id"u8, threat.Flow.Id);
        json.WriteNumber("pcap_cnt"u8, threat.At.Number);
        json.WriteString("event_type"u8, "alert"u8);
        json.WriteString("src_ip"u8, fields.Source.ToString());
        if (fields.HasPorts)
        {
            json.WriteNumber("src_port"u8, fields.SourcePort);
        }

        json.WriteString("dest_ip"u8, fields.Destination.ToString());
        if (fields.HasPorts)
        {
            json.WriteNumber("dest_port"u8, fields.DestinationPort);
        }

        json.WriteString("proto"u8, Protocol(fields.Transport));
        json.WriteString("community_id"u8, threat.Flow.CommunityId);
        json.WriteStartObject("alert"u8);
        json.WriteString("action"u8, "allowed"u8);
        json.WriteNumber("gid"u8, Generator);
        json.WriteNumber("signature_id"u8, SignatureId(threat));
        json.WriteNumber("rev"u8, 1);
        json.WriteString("signature"u8, threat.Info);
        json.WriteString("category"u8, threat.Heuristic.Length > 0 ? "Suspicious behaviour"u8 : "Known indicator"u8);
        json.WriteNumber("severity"u8, Priority(threat.Severity));
        json.WriteEndObject();
        json.WriteString("pcap_filename"u8, captures[threat.At.Capture]);
        json.WriteStartObject("vittne"u8);
        ThreatJson.WriteFind(json, threat, events);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>FNV-1a of type and info in 31 bits: the same for the same words in every run.</summary>
    internal static int SignatureId(ThreatRecord threat)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in Encoding.UTF8.GetBytes($"{ThreatFields.TypeName(threat.Type)} {threat.Info}"))
        {
            hash = unchecked((hash ^ b) * 16_777_619);
        }

        return (int)Math.Max(1, hash & int.MaxValue);
    }

    private static string Protocol(string transport) => transport == "icmp6" ? "IPv6-ICMP" : transport.ToUpperInvariant();

    // Suricata counts from 1, the worst, to 3.
    private static int Priority(Severity severity) => 4 - (int)severity;
}
