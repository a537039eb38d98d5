using System.Text.Json;

namespace Vittne.Trails.Export;

/// <summary>STIX 2.1 bundle of indicators. Times are that of the build, ids follow from the patterns.</summary>
internal sealed class StixExporter(TrailIndex index, TextWriter output) : ITrailExporter
{
    private const int HighConfidence = 85;
    private const int MediumConfidence = 50;
    private const int LowConfidence = 15;

    private readonly JsonExport _json = new(output);
    private readonly string _time = JsonExport.Time(index.BuiltAtSeconds);

    /// <inheritdoc/>
    public void Begin() => output.Write($"{{\"type\":\"bundle\",\"id\":\"bundle--{NamedId.Of(index.Hash.Seed.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))}\",\"objects\":[");

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        string pattern = Pattern(trail);
        if (pattern.Length == 0)
        {
            return false;
        }

        _json.Add(json =>
        {
            json.WriteString("type", "indicator");
            json.WriteString("spec_version", "2.1");
            json.WriteString("id", "indicator--" + NamedId.Of(pattern));
            json.WriteString("created", _time);
            json.WriteString("modified", _time);
            json.WriteString("name", trail.Info);
            json.WriteString("pattern", pattern);
            json.WriteString("pattern_type", "stix");
            json.WriteString("valid_from", _time);
            json.WriteNumber("confidence", trail.Severity switch { Severity.High => HighConfidence, Severity.Medium => MediumConfidence, _ => LowConfidence });
            WriteReferences(json, trail);
        });
        return true;
    }

    /// <inheritdoc/>
    public void End() => output.Write("\n]}\n");

    private static void WriteReferences(Utf8JsonWriter json, Trail trail)
    {
        json.WriteStartArray("external_references");
        string[] urls = [.. trail.Sources.SelectMany(source => source.References).Distinct()];
        foreach (string url in urls.Length == 0 ? [""] : urls)
        {
            json.WriteStartObject();
            json.WriteString("source_name", trail.Reference);
            if (url.Length > 0)
            {
                json.WriteString("url", url);
            }
            else
            {
                json.WriteString("description", trail.Info);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Pattern(Trail trail)
    {
        string value = Quoted(trail.Indicator);
        switch (trail.Kind)
        {
            case TrailKind.Address:
                return $"[{AddressType(trail.Indicator)}:value = '{value}']";
            case TrailKind.Network:
                return $"[{AddressType(trail.Indicator)}:value ISSUBSET '{value}']";
            case TrailKind.Endpoint:
                (string address, string port) = TypedText.Split(trail.Indicator);
                return $"[network-traffic:dst_ref.type = '{AddressType(address)}' AND network-traffic:dst_ref.value = '{address}' AND network-traffic:dst_port = {port}]";
            case TrailKind.Domain:
                return $"[domain-name:value = '{value}']";
            case TrailKind.DomainPattern:
                return $"[domain-name:value MATCHES '{value}']";
            case TrailKind.Url or TrailKind.HostSlash:
                return $"[url:value = 'http://{value}']";
            case TrailKind.Path:
                return $"[network-traffic:extensions.'http-request-ext'.request_value = '{value}']";
            case TrailKind.UserAgent:
                return $"[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' MATCHES '{value}']";
            case TrailKind.Certificate:
                return $"[x509-certificate:hashes.'{TypedText.Digest(trail.Indicator)}' = '{value}']";
            case TrailKind.FileHash:
                return $"[file:hashes.'{TypedText.Digest(trail.Indicator)}' = '{value}']";
            default:
                return "";
        }
    }

    private static string AddressType(string address) => address.Contains(':', StringComparison.Ordinal) ? "ipv6-addr" : "ipv4-addr";

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
