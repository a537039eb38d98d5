using Vittne.Capture.Sources;

namespace Vittne.Capture;

/// <summary>Turns what the user names into capture files.</summary>
public static class CapturePaths
{
    private const string AnyDepth = "**";

    private static readonly char[] Wildcards = ['*', '?'];

    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// The files behind the names, in the order of the names. A file stands for itself, whether it is a capture or not, so that
    /// opening it tells
    /// what is wrong; so does <c>-</c> and a name of nothing. A folder is searched with all folders in it, a glob (<c>*</c>, <c>?</c>,
    /// <c>**</c> for any depth) is expanded when no file has that very name: in ordinal order of the paths, hidden files, symbolic
    /// links and
    /// files that are no capture left out.
    /// </summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var files = new List<string>();
        foreach (string name in names)
        {
            if (Directory.Exists(name))
            {
                files.AddRange(InFolder(name));
            }
            else if (name.AsSpan().ContainsAny(Wildcards) && !File.Exists(name) && InGlob(name) is { Count: > 0 } found)
            {
                files.AddRange(found);
            }
            else
            {
                files.Add(name);
            }
        }

        return files;
    }

    /// <summary>
    /// Whether the file at <paramref name="path"/> starts like a capture, looking through compression. False for folders, pipes, files that
    /// are not there and files that cannot be read.
    /// </summary>
    public static bool IsCapture(string path)
    {
        try
        {
            return File.Exists(path) && StartsLikeCapture(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<string> InFolder(string folder)
    {
        var files = new List<string>();
        Walk(folder, files, depth: 0);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Walk(string folder, List<string> files, int depth)
    {
        // Deeper than any path that the system can name: a loop of mounts.
        const int MaxDepth = 256;
        foreach (string path in Directory.EnumerateFiles(folder, "*", Visible))
        {
            if (BelongsToList(path))
            {
                files.Add(path);
            }
        }

        if (depth < MaxDepth)
        {
            foreach (string inner in Directory.EnumerateDirectories(folder, "*", Visible))
            {
                Walk(inner, files, depth + 1);
            }
        }
    }

    private static List<string> InGlob(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] parts = pattern[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string>();
        Match(root, parts, found);
        found.Sort(StringComparer.Ordinal);

        // "**" reaches a file in more than one way.
        for (int index = found.Count - 1; index > 0; index--)
        {
            if (found[index] == found[index - 1])
            {
                found.RemoveAt(index);
            }
        }

        return found;
    }

    private static void Match(string folder, ReadOnlySpan<string> parts, List<string> found)
    {
        string part = parts[0];
        bool isLast = parts.Length == 1;
        string listed = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(listed))
        {
            return;
        }

        if (part == AnyDepth)
        {
            Match(folder, isLast ? ["*"] : parts[1..], found);
            foreach (string inner in Directory.EnumerateDirectories(listed, "*", Visible))
            {
                Match(Path.Combine(folder, Path.GetFileName(inner)), parts, found);
            }
        }
        else if (!part.AsSpan().ContainsAny(Wildcards))
        {
            string path = Path.Combine(folder, part);
            if (!isLast)
            {
                Match(path, parts[1..], found);
            }
            else if (File.Exists(path) && BelongsToList(path))
            {
                found.Add(path);
            }
        }
        else if (isLast)
        {
            foreach (string file in Directory.EnumerateFiles(listed, part, Visible))
            {
                string path = Path.Combine(folder, Path.GetFileName(file));
                if (BelongsToList(path))
                {
                    found.Add(path);
                }
            }

            foreach (string inner in Directory.EnumerateDirectories(listed, part, Visible))
            {
                Walk(Path.Combine(folder, Path.GetFileName(inner)), found, depth: 0);
            }
        }
        else
        {
            foreach (string inner in Directory.EnumerateDirectories(listed, part, Visible))
            {
                Match(Path.Combine(folder, Path.GetFileName(inner)), parts[1..], found);
            }
        }
    }

    /// <summary>One that cannot be read is kept: opening it tells why.</summary>
    private static bool BelongsToList(string path)
    {
        try
        {
            return StartsLikeCapture(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem is not CaptureFormatException;
        }
    }

    private static bool StartsLikeCapture(string path)
    {
        // Length 0 is also what pipes and devices have; opening those would wait for a writer.
        if (new FileInfo(path).Length == 0)
        {
            return false;
        }

        using CaptureSource source = CaptureSource.Open(path);
        return CaptureMagic.Recognize(source.Peek(CaptureMagic.Length)) is CaptureFormat.Pcap or CaptureFormat.Pcapng;
    }
}
