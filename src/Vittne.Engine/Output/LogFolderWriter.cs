using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// Events as Maltrail keeps them: a file a day, <c>FOLDER/YYYY-MM-DD.log</c>, one write a line, so that whoever follows the file never sees half of
/// one; troubles go to <c>error.log</c> beside. The day is that of the event. A line that cannot be written is counted, and the next one is tried.
/// </summary>
/// <param name="folder">Where the files are; made when it is not there.</param>
/// <param name="line">Form of a line.</param>
/// <param name="zone">Zone whose midnight ends a day.</param>
public sealed class LogFolderWriter(string folder, MaltrailLine line, TimeZoneInfo zone) : IReportingWriter, IDisposable
{
    // While a file cannot be opened, each try costs a system call: most of a flood does not make it.
    private const int TriesApart = 64;

    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private SafeFileHandle? _file;
    private string _path = "";
    private int _untilNextTry;
    private long _written;
    private long _lost;
    private string? _reason;

    /// <inheritdoc/>
    public OutputProblem? Problem => _reason is null
        ? null
        : new OutputProblem(string.Create(CultureInfo.InvariantCulture, $"{_lost} of {_lost + _written} log lines were not written to {folder}: {_reason}"), _lost);

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        ArgumentNullException.ThrowIfNull(threat);
        DateTime day = TimeZoneInfo.ConvertTimeFromUtc(ThreatFields.UtcTime(threat.At.TimestampNs), zone);
        string path = Path.Combine(folder, day.ToString("yyyy-MM-dd'.log'", CultureInfo.InvariantCulture));
        if (path == _path && _file is null && --_untilNextTry > 0)
        {
            _lost++;
            return;
        }

        _buffer.ResetWrittenCount();
        line.Append(_buffer, threat, events);
        _buffer.Write("\n"u8);
        try
        {
            if (path != _path || _file is null)
            {
                _file?.Dispose();
                _file = null;
                _path = path;
                _untilNextTry = TriesApart;
                _file = Open(path);
            }

            Append(_file, _buffer.WrittenSpan);
            _written++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _lost++;
            _reason ??= e.Message;
        }
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        // Nothing waits: a line is written when it comes.
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _file?.Dispose();
        _file = null;
        _path = "";
    }

    /// <summary>Appends lines to <c>error.log</c>, each with its time; trouble with that file has no further place to go.</summary>
    public void WriteErrors(IEnumerable<string> errors, DateTime nowUtc)
    {
        string time = TimeZoneInfo.ConvertTimeFromUtc(nowUtc, zone).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        string text = string.Concat(errors.Select(error => $"\"{time}\" {MaltrailLine.Field(error)}\n"));
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            using SafeFileHandle file = Open(Path.Combine(folder, "error.log"));
            Append(file, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _reason ??= e.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private static void Append(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        long end = RandomAccess.GetLength(file);
        try
        {
            RandomAccess.Write(file, bytes, end);
        }
        catch (IOException)
        {
            // A disk that is full takes the front of a line: half a line would swallow the next one.
            RandomAccess.SetLength(file, end);
            throw;
        }
    }

    private SafeFileHandle Open(string path)
    {
        Directory.CreateDirectory(folder);
        bool isNew = !File.Exists(path);
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (isNew && !OperatingSystem.IsWindows())
        {
            // Readers of the log are other users than the sensor, whatever its umask.
            File.SetUnixFileMode(file, ReadableByAll);
        }

        return file;
    }
}
