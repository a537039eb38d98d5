namespace Vittne.Cli.Rendering;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
internal static class NearestNames
{
    private const int MaxOffered = 3;

    /// <summary>The known names that are closest, the closest first; empty when none is near.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        string lower = name.ToLowerInvariant();
        return [.. known
            .Select(candidate => (Name: candidate, Distance: Distance(lower, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, lower.Length / 3)
                || (lower.Length > 1 && (candidate.Name.StartsWith(lower, StringComparison.Ordinal) || lower.StartsWith(candidate.Name, StringComparison.Ordinal))))
            .OrderBy(static candidate => candidate.Distance)
            .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
            .Take(MaxOffered)
            .Select(static candidate => candidate.Name)];
    }

    /// <summary>Edits that turn one text into the other (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        int[] before = [.. Enumerable.Range(0, right.Length + 1)];
        foreach (char c in left)
        {
            int[] row = new int[before.Length];
            row[0] = before[0] + 1;
            for (int i = 1; i < row.Length; i++)
            {
                int replaced = before[i - 1] + (right[i - 1] == c ? 0 : 1);
                row[i] = Math.Min(replaced, Math.Min(before[i], row[i - 1]) + 1);
            }

            before = row;
        }

        return before[^1];
    }
}
