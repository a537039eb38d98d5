using Vittne.Engine.Info;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>A capture described for people.</summary>
internal static class InfoText
{
    private const int NameWidth = 16;
    private const int MaxInterfaces = 64;

    /// <summary>Writes the description.</summary>
    public static void Write(CaptureInfo info, TextWriter output)
    {
        output.WriteLine($"{TerminalText.Escape(info.File)}");
        WriteForm(info, output);
        WriteCounts(info, output);
        if (info.FirstNs is { } first && info.LastNs is { } last)
        {
            Line(output, "first packet", RecordTime.Of(first));
            Line(output, "last packet", RecordTime.Of(last));
            Line(output, "duration", $"{InfoWords.Seconds(info.DurationNs ?? 0)} s");
        }
        else
        {
            Line(output, "time", info.Packets == 0 ? "no packets" : $"{InfoWords.Count(info.Counters.NoTimestamp, "packet")} without a time");
        }

        Line(output, "rate", $"{InfoWords.Rate(info.AveragePacketRate)} packets/s, {InfoWords.Rate(info.DataByteRate)} bytes/s, {InfoWords.Rate(info.DataBitRate)} bits/s");
        Line(output, "average packet", $"{InfoWords.Rate(info.AveragePacketBytes)} bytes");
        Line(output, "time order", info.StrictTimeOrder ? "strict" : $"{InfoWords.Count(info.Counters.TimeGoesBack, "packet")} before the one before");
        WriteOrigin(info, output);
        foreach (FileDigest digest in info.Digests)
        {
            Line(output, digest.Name, digest.Hex);
        }

        if (info.Damage is not null)
        {
            Line(output, "damage", InfoWords.Of(info));
        }

        foreach (string oddity in Oddities(info))
        {
            Line(output, "note", oddity);
        }

        if (info.Deep is { } deep)
        {
            DeepText.Write(deep, output);
        }

        output.WriteLine();
    }

    /// <summary>Writes a line of a name and a value, which may come from a capture.</summary>
    public static void Line(TextWriter output, string name, string value) =>
        output.WriteLine($"  {name.PadRight(NameWidth)}  {TerminalText.Escape(value)}");

    private static void WriteForm(CaptureInfo info, TextWriter output)
    {
        string version = info.Section is { } section ? $" {section.MajorVersion}.{section.MinorVersion}, {(section.IsBigEndian ? "big" : "little")} endian" : "";
        string sections = info.Sections > 1 ? $", {info.Sections} sections" : "";
        Line(output, "file type", $"{info.Format}{version}{sections}{(info.Compression is null ? "" : $", {info.Compression}")}");
        Line(output, "link type", info.LinkTypes.Count == 0 ? "none" : InfoWords.LinkTypes(info.LinkTypes));
        Line(output, "time precision", info.TimePrecision ?? (info.Interfaces.Count == 0 ? "none" : "differs"));
        string cut = info.CutPackets == 0 ? "no packet was cut"
            : $"{InfoWords.Count(info.CutPackets, "packet")} cut to {(info.SnapLengthInferredMin == info.SnapLengthInferredMax ? $"{info.SnapLengthInferredMin}" : $"{info.SnapLengthInferredMin} to {info.SnapLengthInferredMax}")} bytes";
        Line(output, "snap length", $"{(info.SnapLength is { } length ? $"{length}" : "not set")}; {cut}");
    }

    private static void WriteCounts(CaptureInfo info, TextWriter output)
    {
        Line(output, "packets", InfoWords.Number(info.Packets));
        Line(output, "file size", $"{InfoWords.Number(info.FileBytes)} bytes");
        Line(output, "data size", $"{InfoWords.Number(info.DataBytes)} bytes on the wire, {InfoWords.Number(info.CapturedBytes)} captured");
    }

    private static void WriteOrigin(CaptureInfo info, TextWriter output)
    {
        Optional(output, "hardware", info.Section?.Hardware);
        Optional(output, "os", info.Section?.OperatingSystem);
        Optional(output, "application", info.Section?.Application);
        foreach (string comment in info.Section?.Comments ?? [])
        {
            Line(output, "comment", comment);
        }

        if (info.FileType != "pcapng")
        {
            return;
        }

        for (int i = 0; i < Math.Min(info.Interfaces.Count, MaxInterfaces); i++)
        {
            Line(output, $"interface {info.Interfaces[i].Id}", InfoWords.Of(info.Interfaces[i]));
        }

        if (info.Interfaces.Count > MaxInterfaces)
        {
            Line(output, "interfaces", $"{info.Interfaces.Count - MaxInterfaces} more; --format json has all");
        }
    }

    private static void Optional(TextWriter output, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            Line(output, name, value);
        }
    }

    private static IEnumerable<string> Oddities(CaptureInfo info)
    {
        if (info.Counters.FractionCarries > 0)
        {
            yield return $"{InfoWords.Count(info.Counters.FractionCarries, "packet")} with a fraction of a second or more";
        }

        if (info.Counters.TimeSaturated > 0)
        {
            yield return $"{InfoWords.Count(info.Counters.TimeSaturated, "packet")} with a time that cannot be";
        }

        if (info.Counters.CapturedAboveOriginal > 0)
        {
            yield return $"{InfoWords.Count(info.Counters.CapturedAboveOriginal, "packet")} with more bytes captured than there were";
        }

        foreach (string note in info.Notes)
        {
            yield return note;
        }
    }
}
