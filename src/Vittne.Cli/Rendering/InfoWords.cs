using System.Globalization;
using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Engine.Info;

namespace Vittne.Cli.Rendering;

/// <summary>Facts about captures in words. Words from captures are not escaped here.</summary>
internal static class InfoWords
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The first damage in one line, without the name of the capture.</summary>
    public static string Of(CaptureInfo info)
    {
        CaptureDamage damage = info.Damage!;
        string more = info.Damages > 1 ? $"; {Number(info.Damages - 1)} more like it or after it" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"packet {damage.Packet}, offset {damage.Offset}: {damage.Words} ({damage.Detail}){more}; {Count(info.Packets, "packet")} counted");
    }

    /// <summary>A number with a noun.</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number with thousands marked.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A rate or an average, two decimals.</summary>
    public static string Rate(double rate) => rate.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Link types by name and number.</summary>
    public static string LinkTypes(IEnumerable<ushort> linkTypes) =>
        string.Join(", ", linkTypes.Select(static type => LinkTypeNames.Of(type) is var name && char.IsAsciiDigit(name[0]) ? name : $"{name} ({type})"));

    /// <summary>Nanoseconds as seconds.</summary>
    public static string Seconds(long ns)
    {
        (long second, long fraction) = Math.DivRem(ns, NsPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{second}.{fraction:000000000}");
    }

    /// <summary>What a capture says about one of its interfaces.</summary>
    public static string Of(InterfaceInfo item)
    {
        CaptureInterface source = item.Source;
        var parts = new List<string>();
        string name = source.Name is { Length: > 0 } ? source.Name : "";
        if (source.Description is { Length: > 0 } description)
        {
            name = name.Length > 0 ? $"{name} ({description})" : description;
        }

        if (name.Length > 0)
        {
            parts.Add(name);
        }

        parts.Add(LinkTypes([source.LinkType]));
        parts.Add(source.SnapLength == 0 ? "no snap length" : string.Create(CultureInfo.InvariantCulture, $"snap length {source.SnapLength}"));
        parts.Add(item.TicksPerSecond is { } ticks ? string.Create(CultureInfo.InvariantCulture, $"{ticks} ticks a second") : "impossible clock");
        parts.Add(Count(item.Packets, "packet"));
        if (source.FcsLength > 0)
        {
            parts.Add($"FCS of {source.FcsLength} bytes");
        }

        if (source.Filter is { Length: > 0 } filter)
        {
            parts.Add($"filter '{filter}'");
        }

        if (source.Statistics is { } statistics)
        {
            parts.Add($"received {statistics.Received?.ToString(CultureInfo.InvariantCulture) ?? "not told"}, dropped {statistics.Dropped?.ToString(CultureInfo.InvariantCulture) ?? "not told"}");
        }

        return string.Join(", ", parts);
    }
}
