using Vittne.Trails.Lists;

namespace Vittne.Trails.Export;

/// <summary>Indicators as lists hold them: with their kind in front where the text alone would be taken for another.</summary>
internal static class TypedText
{
    /// <summary>The text of a trail's indicator.</summary>
    public static string Of(Trail trail) => Of(trail.Kind, trail.Indicator);

    /// <summary>The text of an indicator.</summary>
    public static string Of(TrailKind kind, string indicator) => kind switch
    {
        TrailKind.DomainPattern => "regex:" + indicator,
        TrailKind.UserAgent => "ua:" + indicator,
        TrailKind.Certificate => "cert:" + indicator,
        TrailKind.Ja3 => "ja3:" + indicator,
        TrailKind.Ja3s => "ja3s:" + indicator,
        TrailKind.Hassh => "hassh:" + indicator,
        TrailKind.FileHash => "file:" + indicator,
        TrailKind.Domain when IsMistakable(indicator) => "domain:" + indicator,
        _ => indicator,
    };

    /// <summary>Name of the digest by its length: <c>MD5</c>, <c>SHA-1</c>, <c>SHA-256</c>.</summary>
    public static string Digest(string hex) => hex.Length switch
    {
        32 => "MD5",
        40 => "SHA-1",
        _ => "SHA-256",
    };

    /// <summary>Address and port of an endpoint.</summary>
    public static (string Address, string Port) Split(string endpoint)
    {
        int colon = endpoint.LastIndexOf(':');
        return (endpoint[..colon].Trim('[', ']'), endpoint[(colon + 1)..]);
    }

    /// <summary>A single label of hex may look like a digest.</summary>
    private static bool IsMistakable(string name) =>
        name.Length is 32 or 40 or 64 or TypedIndicator.Ja4Length && !name.Contains('.', StringComparison.Ordinal);
}
