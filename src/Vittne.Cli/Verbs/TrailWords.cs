using System.Globalization;
using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>Words and numbers of trails in output.</summary>
internal static class TrailWords
{
    /// <summary>The kind in stable lower-case words.</summary>
    public static string Of(TrailKind kind) => kind switch
    {
        TrailKind.Address => "address",
        TrailKind.Endpoint => "endpoint",
        TrailKind.Network => "network",
        TrailKind.Domain => "domain",
        TrailKind.DomainPattern => "domain_pattern",
        TrailKind.Url => "url",
        TrailKind.Path => "path",
        TrailKind.HostSlash => "host_slash",
        TrailKind.UserAgent => "user_agent",
        TrailKind.Certificate => "certificate",
        TrailKind.Ja3 => "ja3",
        TrailKind.Ja3s => "ja3s",
        TrailKind.Ja4 => "ja4",
        TrailKind.Hassh => "hassh",
        TrailKind.FileHash => "file",
        _ => "unknown",
    };

    /// <summary>The category in stable lower-case words.</summary>
    public static string Of(TrailCategory category) => category switch
    {
        TrailCategory.Custom => "custom",
        TrailCategory.Malware => "malware",
        TrailCategory.Malicious => "malicious",
        TrailCategory.Suspicious => "suspicious",
        TrailCategory.Uncategorised => "uncategorised",
        TrailCategory.Feed => "feed",
        _ => "unknown",
    };

    /// <summary>The severity in lower case.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };

    /// <summary>A count with thousands marked.</summary>
    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time of whole seconds; "not told" for 0.</summary>
    public static string Time(long seconds) => seconds is <= 0 or > 253_402_300_799
        ? "not told"
        : DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
