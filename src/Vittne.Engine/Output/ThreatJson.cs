using System.Text.Encodings.Web;
using System.Text.Json;
using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Parts of an event as JSON, under the names of the schema of record <c>threat</c> (docs/records.md).</summary>
internal static class ThreatJson
{
    /// <summary>Hostile text is escaped where JSON asks for it; the rest stays readable UTF-8.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Both ends and the transport.</summary>
    public static void WriteEnds(Utf8JsonWriter json, ThreatFields fields)
    {
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
    }

    /// <summary>What was found: everything behind the common fields.</summary>
    public static void WriteFind(Utf8JsonWriter json, ThreatRecord threat, CondensedEvents? events)
    {
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
            json.WritePropertyName("forwarded_for"u8);
            WriteForwardedFor(json, threat);
        }

        if (threat.Matched is { Sources.Count: > 0 } trail)
        {
            json.WritePropertyName("sources"u8);
            WriteSources(json, trail);
        }

        if (threat.Flow.Tunnel.Length > 0)
        {
            json.WritePropertyName("tunnel"u8);
            WriteTunnel(json, threat.Flow.Tunnel);
        }

        WriteEvents(json, events);
    }

    /// <summary>How many events, from when to when; nothing when they are not condensed.</summary>
    public static void WriteEvents(Utf8JsonWriter json, CondensedEvents? events)
    {
        if (events is not null)
        {
            json.WriteNumber("count"u8, events.Count);
            json.WriteString("first_seen"u8, ThreatFields.Time(events.FirstSeenNs));
            json.WriteString("last_seen"u8, ThreatFields.Time(events.LastSeenNs));
        }
    }

    /// <summary>The addresses that a proxy header names.</summary>
    public static void WriteForwardedFor(Utf8JsonWriter json, ThreatRecord threat)
    {
        json.WriteStartArray();
        foreach (string address in threat.ForwardedFor)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
    }

    /// <summary>The lists that hold a trail.</summary>
    public static void WriteSources(Utf8JsonWriter json, Trail trail)
    {
        json.WriteStartArray();
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

    /// <summary>The tunnels around a flow, outermost first.</summary>
    public static void WriteTunnel(Utf8JsonWriter json, TunnelLayer[] tunnel)
    {
        json.WriteStartArray();
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

            if (threat.Evidence.Length > 0)
            {
                json.WriteString("evidence"u8, threat.Evidence);
            }
        }
    }
}
