namespace Vittne.Trails.Export;

/// <summary>Writes the trails of an index in a format of other tools: by kind, then by indicator, so that the same trails give the same bytes.</summary>
public static class TrailExport
{
    /// <summary>Names of the formats as they stand on the command line.</summary>
    public static IReadOnlyList<string> FormatNames { get; } = [.. Enum.GetNames<ExportFormat>().Select(name => name.ToLowerInvariant())];

    /// <summary>Writes trails.</summary>
    /// <param name="index">The index.</param>
    /// <param name="format">How to write them.</param>
    /// <param name="wants">Which to write.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Trails written, and those that the format cannot hold, by kind.</returns>
    public static (long Written, IReadOnlyList<(TrailKind Kind, long Count)> NotHeld) Write(TrailIndex index, ExportFormat format, Predicate<Trail> wants, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(wants);
        var order = new (TrailKind Kind, string Indicator, int Number)[index.Count];
        for (int i = 0; i < order.Length; i++)
        {
            (TrailKind kind, string indicator) = index.KeyOf(i);
            order[i] = (kind, indicator, i);
        }

        Array.Sort(order, static (a, b) => a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Indicator, b.Indicator));
        long written = 0;
        long[] notHeld = new long[(int)TrailKind.FileHash + 1];
        ITrailExporter exporter = Create(format, index, output);
        exporter.Begin();
        foreach ((TrailKind kind, string indicator, int number) in order)
        {
            Trail trail = index.Rows.Trail(number, kind, indicator);
            if (!wants(trail))
            {
                continue;
            }

            if (exporter.TryWrite(trail))
            {
                written++;
            }
            else
            {
                notHeld[(int)kind]++;
            }
        }

        exporter.End();
        return (written, [.. notHeld.Select((count, kind) => ((TrailKind)kind, count)).Where(pair => pair.count > 0)]);
    }

    private static ITrailExporter Create(ExportFormat format, TrailIndex index, TextWriter output) => format switch
    {
        ExportFormat.Csv => new CsvExporter(output),
        ExportFormat.Hosts => new HostsExporter(output),
        ExportFormat.Rpz => new ZoneExporter(output),
        ExportFormat.Stix => new StixExporter(index, output),
        ExportFormat.Misp => new MispExporter(index, output),
        ExportFormat.Suricata => new SuricataExporter(output),
        ExportFormat.Zeek => new ZeekExporter(output),
        ExportFormat.Ipset => new IpsetExporter(output),
        _ => new PlainExporter(output),
    };
}
