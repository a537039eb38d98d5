using System.Formats.Tar;
using System.IO.Compression;

namespace Vittne.Trails.Feeds;

/// <summary>
/// Takes the static lists and the data files out of an archive (tar.gz) of Maltrail's repository. Names in archives are not trusted: only
/// plain files at the expected places are taken, by names of harmless characters.
/// </summary>
internal static class StaticArchive
{
    private const long MostArchiveBytes = 2L << 30;
    private const long MostListBytes = 512L << 20;
    private const int MostFiles = 50_000;

    private static readonly string[] DataFiles = ["whitelist.txt", "ua.txt", "cdn_ranges.txt", "bogon_ranges.txt", "ignore_events.txt"];

    /// <summary>True for a gzip file that begins with a tar header (POSIX.1-1988 magic <c>ustar</c>).</summary>
    public static bool IsArchive(byte[] packed)
    {
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] head = new byte[512];
            return unpacked.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan(257, 5).SequenceEqual("ustar"u8);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Writes the lists below a folder.</summary>
    /// <returns>How many lines of lists there are.</returns>
    /// <exception cref="InvalidDataException">The archive is broken, too large, or holds no list.</exception>
    public static int Extract(byte[] packed, string folder)
    {
        using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bounded = new BoundedStream(unpacked, MostArchiveBytes);
        using var archive = new TarReader(bounded);
        long bytes = 0;
        int lines = 0;
        int files = 0;
        while (archive.GetNextEntry() is TarEntry entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null || !TryTarget(entry.Name, out string target))
            {
                continue;
            }

            bytes += entry.Length;
            if (bytes > MostListBytes || ++files > MostFiles)
            {
                throw new InvalidDataException("holds more lists than an update takes");
            }

            string path = Path.Combine(folder, target);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            byte[] text = new byte[entry.Length];
            entry.DataStream.ReadExactly(text);
            File.WriteAllBytes(path, text);
            lines += text.AsSpan().Count((byte)'\n');
        }

        return files > 0 ? lines : throw new InvalidDataException("holds no list below trails/static");
    }

    /// <summary>Where a member belongs: lists keep their folder, data files go to the top.</summary>
    private static bool TryTarget(string name, out string target)
    {
        target = "";
        string[] parts = name.Split('/');
        if (parts.Length < 3 || Array.Exists(parts, part => part.Length is 0 or > 128 || part[0] == '.' || !part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ' ')))
        {
            return false;
        }

        if (parts.Length is 4 or 5 && parts[1] == "trails" && parts[2] == "static" && parts[^1].EndsWith(".txt", StringComparison.Ordinal))
        {
            target = Path.Combine(parts[3..]);
            return true;
        }

        target = parts[2];
        return parts.Length == 3 && parts[1] is "misc" or "data" && DataFiles.Contains(target);
    }
}
