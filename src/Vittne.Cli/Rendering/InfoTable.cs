using System.Globalization;
using Vittne.Engine.Info;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>Captures as rows, with a row of totals. Captures whose times overlap name each other.</summary>
internal sealed class InfoTable
{
    private static readonly string[] Names =
    [
        "#", "file", "file_type", "link_types", "time_precision", "snaplen", "packets", "file_bytes", "data_bytes", "captured_bytes", "first_time", "last_time",
        "duration_s", "data_byte_rate", "average_packet_bytes", "average_packet_rate", "strict_time_order", "damage", "sha256", "overlaps",
    ];

    // Numbers stand to the right.
    private static readonly string[] Right =
        ["#", "snaplen", "packets", "file_bytes", "data_bytes", "captured_bytes", "duration_s", "data_byte_rate", "average_packet_bytes", "average_packet_rate"];

    private readonly List<CaptureInfo> _captures = [];

    /// <summary>Takes a row.</summary>
    public void Add(CaptureInfo info) => _captures.Add(info);

    /// <summary>Writes all rows and the totals.</summary>
    public void Write(TextWriter output)
    {
        int?[] overlaps = Overlaps();
        var rows = new List<string[]> { Names };
        for (int i = 0; i < _captures.Count; i++)
        {
            rows.Add(Row(i + 1, _captures[i], overlaps[i]));
        }

        rows.Add(Totals(overlaps));
        int[] widths = [.. Names.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => Right.Contains(Names[column]) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Row(int number, CaptureInfo info, int? overlap) =>
    [
        Text(number),
        TerminalText.Escape(info.File),
        info.Compression is null ? info.FileType : $"{info.FileType} ({info.Compression})",
        string.Join(',', info.LinkTypes),
        info.TimePrecision ?? "-",
        info.SnapLength is { } snap ? Text(snap) : "-",
        Text(info.Packets),
        Text(info.FileBytes),
        Text(info.DataBytes),
        Text(info.CapturedBytes),
        info.FirstNs is { } first ? RecordTime.Of(first) : "-",
        info.LastNs is { } last ? RecordTime.Of(last) : "-",
        info.DurationNs is { } duration ? InfoWords.Seconds(duration) : "-",
        Rate(info.DataByteRate),
        Rate(info.AveragePacketBytes),
        Rate(info.AveragePacketRate),
        info.StrictTimeOrder ? "true" : "false",
        info.Damage?.Words ?? "-",
        info.Digests.FirstOrDefault(static digest => digest.Name == "sha256")?.Hex ?? "-",
        overlap is { } other ? $"#{other + 1}" : "-",
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString("F2", CultureInfo.InvariantCulture);

    private string[] Totals(int?[] overlaps)
    {
        long packets = _captures.Sum(static info => info.Packets);
        long data = _captures.Sum(static info => info.DataBytes);
        long? first = _captures.Min(static info => info.FirstNs);
        long? last = _captures.Max(static info => info.LastNs);
        long duration = first is { } start && last is { } end ? (long)Int128.Min((Int128)end - start, long.MaxValue) : 0;
        double seconds = duration / 1e9;
        int marked = overlaps.Count(static overlap => overlap is not null);
        return
        [
            "",
            "total",
            $"{_captures.Count} files",
            string.Join(',', _captures.SelectMany(static info => info.LinkTypes).Distinct().Order()),
            "",
            "",
            Text(packets),
            Text(_captures.Sum(static info => info.FileBytes)),
            Text(data),
            Text(_captures.Sum(static info => info.CapturedBytes)),
            first is { } from ? RecordTime.Of(from) : "-",
            last is { } to ? RecordTime.Of(to) : "-",
            InfoWords.Seconds(duration),
            Rate(seconds > 0 ? data / seconds : 0),
            Rate(packets > 0 ? (double)data / packets : 0),
            Rate(seconds > 0 ? packets / seconds : 0),
            _captures.TrueForAll(static info => info.StrictTimeOrder) ? "true" : "false",
            $"{_captures.Count(static info => info.Damage is not null)} files",
            "",
            $"{marked} files",
        ];
    }

    /// <summary>For each capture another one whose span of time has a moment in common with it, or null.</summary>
    private int?[] Overlaps()
    {
        int?[] overlaps = new int?[_captures.Count];
        int[] order = [.. Enumerable.Range(0, _captures.Count)
            .Where(i => _captures[i].FirstNs is not null)
            .OrderBy(i => _captures[i].FirstNs)
            .ThenBy(static i => i)];
        int latest = -1;
        foreach (int index in order)
        {
            if (latest >= 0 && _captures[index].FirstNs <= _captures[latest].LastNs)
            {
                overlaps[index] ??= latest;
                overlaps[latest] ??= index;
            }

            if (latest < 0 || _captures[index].LastNs > _captures[latest].LastNs)
            {
                latest = index;
            }
        }

        return overlaps;
    }
}
