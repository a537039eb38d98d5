namespace Vittne.Trails.Lists;

/// <summary>Finds lists below the paths that a user gives.</summary>
internal static class ListFinder
{
    private static readonly string[] Extensions =
        [".txt", ".csv", ".list", ".lst", ".hosts", ".conf", ".zone", ".rpz", ".ipset", ".netset", ".ip", ".domains"];

    /// <summary>A file as it is, or the lists in a folder and below; links to folders are not followed and hidden files are skipped.</summary>
    /// <exception cref="IOException">The path is neither, or cannot be read.</exception>
    public static List<ListFile> Find(string path)
    {
        if (path == "-")
        {
            return [ListFile.StandardInput];
        }

        if (File.Exists(path))
        {
            string folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
            return [new ListFile(path, Path.GetFileName(path), folder, IsCustomName(folder))];
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"{path} does not exist");
        }

        var found = new List<ListFile>();
        string top = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        Walk(new DirectoryInfo(path), "", top, IsCustomName(top), found);
        return found;
    }

    private static void Walk(DirectoryInfo folder, string prefix, string folderName, bool isCustom, List<ListFile> found)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.'))
            {
                continue;
            }

            if (entry is DirectoryInfo below)
            {
                // A link may lead back up: walking it could go round for ever.
                if (below.LinkTarget is null)
                {
                    Walk(below, $"{prefix}{entry.Name}/", entry.Name, isCustom || IsCustomName(entry.Name), found);
                }
            }
            else if (IsListName(entry.Name))
            {
                found.Add(new ListFile(entry.FullName, prefix + entry.Name, folderName, isCustom));
            }
        }
    }

    private static bool IsCustomName(string folder) => folder.Equals("custom", StringComparison.OrdinalIgnoreCase);

    private static bool IsListName(string name)
    {
        string extension = Path.GetExtension(name);
        return name is "hosts" || Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
    }
}
