using Vittne.Trails.Index;

namespace Vittne.Trails;

/// <summary>Builds an index and puts it in place at once: programs that have the old one mapped keep it whole.</summary>
public static class TrailIndexWriter
{
    /// <summary>Compiles all that the paths name and writes the index.</summary>
    /// <param name="paths">Lists, folders with lists, indexes, <c>-</c>.</param>
    /// <param name="target">The index file; missing folders are made.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="isStrict">True to write nothing when a line is broken.</param>
    /// <param name="report">What was read, and what could not be.</param>
    /// <returns>False when nothing was written, because a line is broken and the build is strict.</returns>
    /// <exception cref="IOException">A path does not exist, the target cannot be written, or another build is writing it.</exception>
    /// <exception cref="InvalidDataException">The lists are more than an index can hold.</exception>
    public static bool Build(IReadOnlyList<string> paths, string target, TrailBuildOptions options, bool isStrict, out TrailBuildReport report)
    {
        report = new TrailBuildReport();
        byte[] bytes = TrailSet.Compile(paths, options, report);
        if (isStrict && report.BrokenLines > 0)
        {
            return false;
        }

        Write(target, bytes);
        return true;
    }

    /// <summary>Writes bytes beside the target and renames them into place.</summary>
    /// <exception cref="IOException">The target cannot be written, or another build is writing it.</exception>
    internal static void Write(string target, byte[] bytes)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(target));
        if (!string.IsNullOrEmpty(folder))
        {
            Directory.CreateDirectory(folder);
        }

        string fresh = $"{target}.{Environment.ProcessId}.new";
        using FileStream claim = Claim(target);
        try
        {
            using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, target, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private static FileStream Claim(string target)
    {
        try
        {
            return new FileStream($"{target}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists($"{target}.lock"))
        {
            throw new IOException($"{target} is being written by another build; wait for it to end", e);
        }
    }
}
