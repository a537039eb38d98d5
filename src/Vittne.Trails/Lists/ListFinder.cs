using Vittne.Trails.Imports;

namespace Vittne.Trails.Lists;

/// <summary>Finds lists below the paths that a user gives.</summary>
internal static class ListFinder
{
    private static readonly string[] Extensions =
        [".txt", ".csv", ".list", ".lst", ".hosts", ".conf", ".zone", ".rpz", ".ipset", ".netset", ".ip", ".domains", ".json", ".stix", ".ioc", ".rules", ".feed"];

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
            if (Path.GetFileName(path) == MispManifest.FileName)
            {
                return OfManifest(path, folder);
            }

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

    /// <summary>The events beside the manifest of a MISP feed.</summary>
    private static List<ListFile> OfManifest(string path, string folder)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        try
        {
            return [.. MispManifest.EventFiles(File.ReadAllBytes(path)).Select(name => new ListFile(Path.Combine(beside, name), name, folder, IsCustomName(folder)))];
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{path} {e.Message}", e);
        }
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
            else if (IsListName(entry.Name) && !IsHashTable(entry))
            {
                found.Add(new ListFile(entry.FullName, prefix + entry.Name, folderName, isCustom));
            }
        }
    }

    /// <summary>A MISP feed has digests of its events' values in a table: no indicators.</summary>
    private static bool IsHashTable(FileSystemInfo entry) =>
        entry.Name == "hashes.csv" && File.Exists(Path.Combine(Path.GetDirectoryName(entry.FullName) ?? "", MispManifest.FileName));

    private static bool IsCustomName(string folder) => folder.Equals("custom", StringComparison.OrdinalIgnoreCase);

    private static bool IsListName(string name)
    {
        string extension = Path.GetExtension(name);
        return name is "hosts" || Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
    }
}
