namespace Vittne.Trails.Lists;

/// <summary>What the columns of a CSV with header row hold, told by their names.</summary>
internal sealed class HeaderColumns
{
    private static readonly string[] IndicatorNames =
        ["indicator", "ioc", "ioc_value", "trail", "value", "domain", "hostname", "host", "fqdn", "url", "ip", "ip_address", "dst_ip", "src_ip", "ipv4", "ipv6", "address"];

    private static readonly (string Name, string Prefix)[] HashNames =
        [("sha256", ""), ("sha256_hash", ""), ("sha1", ""), ("sha1_hash", ""), ("md5", ""), ("md5_hash", ""), ("ja3", "ja3:"), ("ja3_md5", "ja3:"), ("ja3s", "ja3s:"), ("ja4", "ja4:"), ("hassh", "hassh:")];

    private static readonly string[] InfoNames = ["info", "malware", "malware_printable", "family", "threat", "signature", "listingreason", "description"];

    private static readonly string[] ReferenceNames = ["reference", "source", "reporter"];

    private readonly List<(int Number, byte[] Prefix)> _indicators = [];

    private HeaderColumns()
    {
    }

    /// <summary>Columns with indicators, and what stands in front of a value to force its kind.</summary>
    public IReadOnlyList<(int Number, byte[] Prefix)> Indicators => _indicators;

    /// <summary>Column that tells what the indicator is; -1 without.</summary>
    public int Info { get; private set; } = -1;

    /// <summary>Column that tells who says so; -1 without.</summary>
    public int Reference { get; private set; } = -1;

    /// <summary>True when a row names columns with indicators.</summary>
    public static bool IsHeader(CsvFields row) => Of(row, column: null).Indicators.Count > 0;

    /// <summary>The columns of a header row; <paramref name="column"/> names the one with the indicator.</summary>
    public static HeaderColumns Of(CsvFields row, string? column)
    {
        var columns = new HeaderColumns();
        for (int i = 0; i < row.Count; i++)
        {
            string name = System.Text.Encoding.UTF8.GetString(AsciiText.Trim(row[i])).TrimStart('#').Trim().Trim('"').ToLowerInvariant();
            if (column is not null ? name.Equals(column, StringComparison.OrdinalIgnoreCase) : IndicatorNames.Contains(name))
            {
                columns._indicators.Add((i, []));
            }
            else if (column is null && Array.Find(HashNames, hash => hash.Name == name) is { Name: not null } found)
            {
                columns._indicators.Add((i, System.Text.Encoding.ASCII.GetBytes(found.Prefix)));
            }
            else if (columns.Info < 0 && InfoNames.Contains(name))
            {
                columns.Info = i;
            }
            else if (columns.Reference < 0 && ReferenceNames.Contains(name))
            {
                columns.Reference = i;
            }
        }

        return columns;
    }
}
