using System.Globalization;
using Vittne.Trails.Imports;

namespace Vittne.Trails.Export;

/// <summary>One MISP event with all trails as attributes. A User-Agent is text there, so patterns that are none cannot be held.</summary>
internal sealed class MispExporter(TrailIndex index, TextWriter output) : ITrailExporter
{
    private readonly JsonExport _json = new(output);

    /// <inheritdoc/>
    public void Begin()
    {
        string date = DateTimeOffset.FromUnixTimeSeconds(index.BuiltAtSeconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string id = NamedId.Of("event " + index.Hash.Seed.ToString("x16", CultureInfo.InvariantCulture));
        output.Write($"{{\"Event\":{{\"uuid\":\"{id}\",\"info\":\"vittne trails\",\"date\":\"{date}\",\"threat_level_id\":\"2\",\"analysis\":\"2\",\"distribution\":\"0\",\"Orgc\":{{\"name\":\"vittne\"}},\"Attribute\":[");
    }

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        (string type, string category, string value) = Attribute(trail);
        if (type.Length == 0)
        {
            return false;
        }

        _json.Add(json =>
        {
            json.WriteString("uuid", NamedId.Of($"{type} {value}"));
            json.WriteString("type", type);
            json.WriteString("category", category);
            json.WriteString("value", value);
            json.WriteBoolean("to_ids", true);
            json.WriteString("distribution", "5");
            json.WriteString("comment", $"{trail.Info} {trail.Reference}");
        });
        return true;
    }

    /// <inheritdoc/>
    public void End() => output.Write("\n]}}\n");

    private static (string Type, string Category, string Value) Attribute(Trail trail)
    {
        const string network = "Network activity";
        string value = trail.Indicator;
        string digest = TypedText.Digest(value).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        switch (trail.Kind)
        {
            case TrailKind.Address or TrailKind.Network:
                return ("ip-dst", network, value);
            case TrailKind.Endpoint:
                (string address, string port) = TypedText.Split(value);
                return ("ip-dst|port", network, $"{address}|{port}");
            case TrailKind.Domain:
                return ("domain", network, value);
            case TrailKind.Url or TrailKind.HostSlash:
                return ("url", network, "http://" + value);
            case TrailKind.Path:
                return ("uri", network, value);
            case TrailKind.UserAgent when LiteralPattern.TryText(value, out string text):
                return ("user-agent", network, text);
            case TrailKind.Certificate:
                return ("x509-fingerprint-" + digest, network, value);
            case TrailKind.Ja3:
                return ("ja3-fingerprint-md5", network, value);
            case TrailKind.Hassh:
                return ("hassh-md5", network, value);
            case TrailKind.FileHash:
                return (digest, "Payload delivery", value);
            default:
                return ("", "", "");
        }
    }
}
