using System.Diagnostics.CodeAnalysis;

namespace Vittne.Flows.Records;

/// <summary>All fields of flow records, in output order.</summary>
public static partial class FlowFields
{
    private const int NearestNames = 3;
    private const int MaxCompared = 64;
    private static readonly FlowField[] Table = [.. Identity(), .. Times(), .. Counters(), .. States(), .. Transport(), .. Link(), .. Origin(), .. Measures(), .. Sides(), .. MergedParts()];
    private static readonly Dictionary<string, FlowField> ByName = Index();

    /// <summary>The fields in output order.</summary>
    public static IReadOnlyList<FlowField> All => Table;

    /// <summary>Names of the fields that are shown when the user names none.</summary>
    public static IReadOnlyList<string> DefaultNames { get; } =
        ["stime", "dur", "proto", "saddr", "sport", "dir", "daddr", "dport", "spkts", "dpkts", "sbytes", "dbytes", "state", "service"];

    /// <summary>Finds a field by its name or an alias, in any case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FlowField? field) => ByName.TryGetValue(name, out field);

    /// <summary>The field of a name that is known to exist.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public static FlowField Get(string name) => ByName[name];

    /// <summary>The three names that are nearest to one that is not known.</summary>
    public static IReadOnlyList<string> Nearest(string name) =>
        [.. ByName.Keys.OrderBy(known => EditDistance(known, name)).ThenBy(known => known, StringComparer.Ordinal).Take(NearestNames)];

    private static Dictionary<string, FlowField> Index()
    {
        var index = new Dictionary<string, FlowField>(StringComparer.OrdinalIgnoreCase);
        foreach (FlowField field in Table)
        {
            index.Add(field.Name, field);
            foreach (string alias in field.Aliases)
            {
                index.Add(alias, field);
            }
        }

        return index;
    }

    // Edits that turn one name into the other; two letters in each other's place are one edit.
    private static int EditDistance(string a, string b)
    {
        int width = Math.Min(b.Length, MaxCompared) + 1;
        Span<int> before = stackalloc int[width], above = stackalloc int[width], row = stackalloc int[width];
        for (int j = 0; j < width; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            above.CopyTo(before);
            row.CopyTo(above);
            row[0] = i;
            for (int j = 1; j < width; j++)
            {
                int change = above[j - 1] + (Letter(a, i) == Letter(b, j) ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Letter(a, i) == Letter(b, j - 1) && Letter(a, i - 1) == Letter(b, j))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
        }

        return row[^1];
    }

    private static char Letter(string text, int number) => char.ToLowerInvariant(text[number - 1]);

    private static FlowField Integer(string name, string description, Func<FlowRecord, long> get, Action<FlowRecord, long>? set, FlowMerge merge, params string[] aliases) =>
        new(name, FlowFieldKind.Integer, description, record => FlowValue.OfInteger(get(record)), set is null ? null : (record, value) => set(record, value.Number))
        {
            Aliases = aliases,
            Merge = merge,
        };

    private static FlowField Time(string name, string description, Func<FlowRecord, long> get, Action<FlowRecord, long> set, FlowMerge merge, params string[] aliases) =>
        new(name, FlowFieldKind.Time, description, record => FlowValue.OfTime(get(record)), (record, value) => set(record, value.Number))
        {
            Aliases = aliases,
            Merge = merge,
        };

    private static FlowField Duration(string name, string description, Func<FlowRecord, long> get, Action<FlowRecord, long>? set, FlowMerge merge, params string[] aliases) =>
        new(name, FlowFieldKind.Duration, description, record => FlowValue.OfDuration(get(record)), set is null ? null : (record, value) => set(record, value.Number))
        {
            Aliases = aliases,
            Merge = merge,
        };

    private static FlowField Decimal(string name, string description, Func<FlowRecord, double> get, Action<FlowRecord, double>? set, FlowMerge merge, params string[] aliases) =>
        new(name, FlowFieldKind.Decimal, description, record => FlowValue.OfDecimal(get(record)), set is null ? null : (record, value) => set(record, value.Decimal))
        {
            Aliases = aliases,
            Merge = merge,
        };

    private static FlowField Text(string name, string description, Func<FlowRecord, string?> get, Action<FlowRecord, string>? set, params string[] aliases) =>
        new(name, FlowFieldKind.Text, description, record => FlowValue.OfText(get(record)), set is null ? null : (record, value) => set(record, value.Text))
        {
            Aliases = aliases,
        };

    private static FlowField Text(string name, string description, Func<FlowRecord, string?> get, Action<FlowRecord, string> set, FlowMerge merge) =>
        new(name, FlowFieldKind.Text, description, record => FlowValue.OfText(get(record)), (record, value) => set(record, value.Text)) { Merge = merge };

    private static FlowField Flag(string name, string description, Func<FlowRecord, bool> get, Action<FlowRecord> set) =>
        new(name, FlowFieldKind.Flag, description, record => FlowValue.OfFlag(get(record)), (record, _) => set(record)) { Merge = FlowMerge.Any };
}
