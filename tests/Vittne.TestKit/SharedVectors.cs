using System.Runtime.CompilerServices;

namespace Vittne.TestKit;

/// <summary>Rows of the tab-separated vector files, which lie outside the repository and may be absent.</summary>
public static class SharedVectors
{
    /// <summary>
    /// The path below the shared folder: the one named by <c>VITTNE_SHARED</c>, else a folder <c>shared</c> with <c>data</c> in it beside
    /// the repository or one of its parents. Null when there is none.
    /// </summary>
    public static string? Find(string relative, [CallerFilePath] string source = "")
    {
        string? named = Environment.GetEnvironmentVariable("VITTNE_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Existing(Path.Combine(named, relative));
        }

        foreach (string start in (string[])[AppContext.BaseDirectory, source])
        {
            for (DirectoryInfo? folder = Directory.GetParent(start); folder is not null; folder = folder.Parent)
            {
                string shared = Path.Combine(folder.FullName, "shared");
                if (Directory.Exists(Path.Combine(shared, "data")))
                {
                    return Existing(Path.Combine(shared, relative));
                }
            }
        }

        return null;
    }

    /// <summary>The rows of a hunting vector file, comments and blank lines left out; null when the file is absent.</summary>
    /// <param name="name">File name without folder, for example <c>unquote.tsv</c>.</param>
    /// <param name="columns">Columns of a row; missing ones come as empty text.</param>
    /// <param name="keepBlank">True when a line without text is a row too (its first column is the empty text).</param>
    public static List<string[]>? Rows(string name, int columns, bool keepBlank = false)
    {
        string? path = Find(Path.Combine("data", "expected", "hunt", "vectors", name));
        if (path is null)
        {
            return null;
        }

        List<string[]> rows = [];
        foreach (string line in File.ReadAllText(path).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal) || (line.Length == 0 && !keepBlank))
            {
                continue;
            }

            string[] cells = line.Split('\t');
            string[] row = new string[columns];
            for (int i = 0; i < columns; i++)
            {
                row[i] = i < cells.Length ? cells[i] : string.Empty;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
