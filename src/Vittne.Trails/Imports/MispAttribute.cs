namespace Vittne.Trails.Imports;

/// <summary>What the attribute types of MISP become.</summary>
internal static class MispAttribute
{
    /// <summary>The indicators of an attribute, each with its kind in front; none when no trail can express the type.</summary>
    /// <param name="type">The type: <c>ip-dst|port</c>.</param>
    /// <param name="value">The value, composite ones joined by <c>|</c>.</param>
    public static List<(string Prefix, string Value)> Indicators(string type, string value)
    {
        string[] parts = value.Split('|');
        string first = parts[0];
        string second = parts.Length > 1 ? parts[1] : "";
        return type switch
        {
            "ip-src" or "ip-dst" => [("ip:", value)],
            "ip-src|port" or "ip-dst|port" => [("ip:", first.Contains(':', StringComparison.Ordinal) ? $"[{first}]:{second}" : $"{first}:{second}")],
            "domain" or "hostname" => [("domain:", value)],
            "hostname|port" => [("domain:", first)],
            "domain|ip" => [("domain:", first), ("ip:", second)],
            "url" or "uri" => [("url:", value)],
            "user-agent" => [("ua:", LiteralPattern.Of(value))],
            "x509-fingerprint-md5" or "x509-fingerprint-sha1" or "x509-fingerprint-sha256" => [("cert:", value)],
            "ja3-fingerprint-md5" => [("ja3:", value)],
            "hassh-md5" or "hasshserver-md5" => [("hassh:", value)],
            "md5" or "sha1" or "sha256" => [(type + ":", value)],
            "filename|md5" or "filename|sha1" or "filename|sha256" => [(type[9..] + ":", parts[^1])],
            _ => [],
        };
    }
}
