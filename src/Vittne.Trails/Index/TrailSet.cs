using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Brings everything that a user names together: lists, folders with lists, indexes.</summary>
internal static class TrailSet
{
    /// <summary>True when the path is a file that begins like an index.</summary>
    public static bool IsIndexFile(string path)
    {
        if (path == "-" || !File.Exists(path))
        {
            return false;
        }

        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[8];
        return IndexHeader.IsIndex(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>Compiles all that the paths name.</summary>
    /// <exception cref="IOException">A path does not exist, or an index cannot be used.</exception>
    public static byte[] Compile(IReadOnlyList<string> paths, TrailBuildOptions options, TrailBuildReport report)
    {
        var files = new List<ListFile>();
        var lists = new List<ParsedList>();
        foreach (string path in paths)
        {
            if (IsIndexFile(path))
            {
                using TrailIndex index = TrailIndex.Open(path);
                lists.AddRange(IndexReader.Lists(index));
            }
            else
            {
                files.AddRange(ListFinder.Find(path));
            }
        }

        // Lists that were read themselves come first: of doubles the first stays, and they know more than an index does.
        lists.InsertRange(0, Parse(files, options, report));
        return TrailCompiler.Compile(lists, options);
    }

    /// <summary>Compiles files that are whitelists whatever their name.</summary>
    /// <exception cref="IOException">A path does not exist.</exception>
    public static byte[] CompileWhitelist(IReadOnlyList<string> paths, TrailBuildOptions options, TrailBuildReport report)
    {
        List<ListFile> files = [.. paths.SelectMany(ListFinder.Find).Select(file => file with { Name = $"{file.Folder}/whitelist.txt" })];
        return TrailCompiler.Compile(Parse(files, options, report), options);
    }

    private static List<ParsedList> Parse(List<ListFile> files, TrailBuildOptions options, TrailBuildReport report)
    {
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        ParsedList?[] parsed = new ParsedList?[files.Count];
        string?[] problems = new string?[files.Count];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, files.Count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = options.Workers > 0 ? options.Workers : Environment.ProcessorCount },
            i =>
            {
                try
                {
                    parsed[i] = Parse(files[i], options);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
                {
                    problems[i] = e is InvalidDataException && !e.Message.StartsWith(files[i].Path, StringComparison.Ordinal) ? $"{files[i].Path} {e.Message}" : e.Message;
                }
            });

        var lists = new List<ParsedList>();
        for (int i = 0; i < parsed.Length; i++)
        {
            if (parsed[i] is ParsedList list)
            {
                lists.Add(list);
                report.Add(list);
            }
            else
            {
                report.AddProblem(problems[i]!);
            }
        }

        return lists;
    }

    private static ParsedList Parse(ListFile file, TrailBuildOptions options)
    {
        if (file == ListFile.StandardInput)
        {
            using Stream input = Console.OpenStandardInput();
            using var all = new MemoryStream();
            input.CopyTo(all);
            return ListParser.Parse(file, all.ToArray(), options);
        }

        using SafeFileHandle handle = File.OpenHandle(file.Path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(handle);
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{file.Path} is larger than 2 GiB; split it");
        }

        // Thousands of lists are read one after the other: a buffer of each thread serves them all.
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            int read = 0;
            int more;
            while (read < length && (more = RandomAccess.Read(handle, buffer.AsSpan(read, (int)length - read), read)) > 0)
            {
                read += more;
            }

            return ListParser.Parse(file, buffer.AsSpan(0, read), options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
