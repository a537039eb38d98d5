namespace Vittne.Capture.Writing;

/// <summary>The file behind a <see cref="CaptureOutput"/>: its name while it grows, its compression and its end.</summary>
internal sealed class OutputFile : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly string _name;
    private readonly Stream _raw;
    private readonly Stream _content;
    private readonly string? _temporary;
    private readonly string? _final;
    private long _whole;

    private OutputFile(string name, Stream raw, Stream content, string? temporary, string? final)
    {
        _name = name;
        _raw = raw;
        _content = content;
        _temporary = temporary;
        _final = final;
    }

    /// <summary>A file that gets its name when it is complete; pipes and devices are written at once.</summary>
    public static OutputFile Create(string path, string formOf)
    {
        if (IsDevice(path))
        {
            return CreateGrowing(path, formOf);
        }

        if (Directory.Exists(path))
        {
            throw new OutputException(path, new IOException("is a folder; name a file to write to"));
        }

        string temporary = $"{path}.{Environment.ProcessId}.part";
        return Open(path, formOf, temporary, FileMode.Create);
    }

    /// <summary>A file that has its name from the start.</summary>
    public static OutputFile CreateGrowing(string path, string formOf) =>
        Open(path, formOf, temporary: null, IsDevice(path) ? FileMode.Open : FileMode.Create);

    /// <summary>Standard output.</summary>
    public static OutputFile Standard()
    {
        // A pipe is written without the console's stream, which does not tell that the reader is gone.
        var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false);
        var file = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return Of(file.CanSeek || OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : file, "standard output");
    }

    /// <summary>Any stream.</summary>
    public static OutputFile Of(Stream stream, string name) => new(name, stream, stream, temporary: null, final: null);

    /// <summary>Appends bytes that end behind a record.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _content.Write(bytes);
            _whole += bytes.Length;
        }
        catch (IOException problem)
        {
            throw new OutputException(_name, problem);
        }
    }

    /// <summary>Makes all that was written readable for others.</summary>
    public void FlushThrough()
    {
        try
        {
            _content.Flush();
        }
        catch (IOException problem)
        {
            throw new OutputException(_name, problem);
        }
    }

    /// <summary>Ends compression and closes the file.</summary>
    public void Close()
    {
        try
        {
            _content.Dispose();
        }
        catch (IOException problem)
        {
            throw new OutputException(_name, problem);
        }
    }

    /// <summary>Cuts the file behind the last whole record; compressed ones end where they end.</summary>
    public void CutBack()
    {
        try
        {
            if (ReferenceEquals(_raw, _content) && _raw is FileStream { CanSeek: true } && _final is not null)
            {
                _raw.SetLength(_whole);
            }

            _content.Dispose();
        }
        catch (IOException)
        {
            // The disk is still full: the end of a compressed file is missing, which readers tell.
            _raw.Dispose();
        }
    }

    /// <summary>Gives the file its final name.</summary>
    public void Keep()
    {
        if (_temporary is not null)
        {
            try
            {
                File.Move(_temporary, _final!, overwrite: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new OutputException(_name, problem);
            }
        }
    }

    /// <summary>Takes the file away, unless it has its name already.</summary>
    public void Discard()
    {
        Dispose();
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _content.Dispose();
        }
        catch (IOException)
        {
            _raw.Dispose();
        }
    }

    private static OutputFile Open(string path, string formOf, string? temporary, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode == FileMode.Create)
        {
            options.UnixCreateMode = Mode;
        }

        try
        {
            var raw = new FileStream(temporary ?? path, options);
            return new OutputFile(path, raw, Compression.Wrap(raw, formOf), temporary, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, problem);
        }
    }

    /// <summary>Whether the name is that of something that is no regular file: it cannot be replaced by another file.</summary>
    private static bool IsDevice(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return true;
        }

        // Only what has no length can be a pipe: opening one waits for its reader, which is then wanted.
        if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0)
        {
            return false;
        }

        using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return !probe.CanSeek;
    }
}
