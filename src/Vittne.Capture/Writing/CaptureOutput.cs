namespace Vittne.Capture.Writing;

/// <summary>
/// Where the bytes of a capture file go. They are handed over in whole records, so that a file that could not be finished ends behind one.
/// A regular file is written beside its final name and renamed when it is complete; pipes and devices are written as they are. A name that
/// ends in <c>.gz</c>, <c>.zst</c> or <c>.lz4</c> is compressed.
/// </summary>
public sealed class CaptureOutput : IDisposable
{
    /// <summary>The spelling of standard output on the command line.</summary>
    public const string StandardOutput = "-";

    /// <summary>Bytes that are gathered before they are written.</summary>
    private const int BufferLength = 256 << 10;

    /// <summary>What the buffer of one file among many begins with.</summary>
    private const int SmallBufferLength = 512;

    /// <summary>Records of at least this length are written from where they are: copying them costs more than a call of the system.</summary>
    private const int DirectLength = 32 << 10;

    private readonly OutputFile _file;
    private readonly int _firstLength;
    private byte[] _buffer;
    private int _used;
    private bool _isFinished;

    private CaptureOutput(string name, OutputFile file, int bufferLength)
    {
        Name = name;
        _firstLength = bufferLength;
        _buffer = new byte[bufferLength];
        _file = file;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>Bytes handed over so far, before compression.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a name asks for pcapng: it ends in <c>.pcapng</c> or, before an ending for compression, has that ending.</summary>
    public static bool IsPcapngName(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Compression.NameWithout(path).EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Opens the file at <paramref name="path"/>; <c>-</c> is standard output.</summary>
    /// <param name="path">The file.</param>
    /// <param name="formOf">The name whose ending chooses compression, where that is not <paramref name="path"/>.</param>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static CaptureOutput Open(string path, string? formOf = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new CaptureOutput(path, path == StandardOutput ? OutputFile.Standard() : OutputFile.Create(path, formOf ?? path), BufferLength);
    }

    /// <summary>
    /// Opens the file at <paramref name="path"/> under its final name from the start, so that others can read it while it grows.
    /// </summary>
    /// <inheritdoc cref="Open(string, string?)"/>
    public static CaptureOutput OpenGrowing(string path, string? formOf = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new CaptureOutput(path, path == StandardOutput ? OutputFile.Standard() : OutputFile.CreateGrowing(path, formOf ?? path), BufferLength);
    }

    /// <summary>Writes to a stream, which is owned from then on. There may be many: the buffer grows only as it is filled.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it, and whose ending chooses compression.</param>
    public static CaptureOutput To(Stream stream, string name) => new(name, OutputFile.Of(Compression.Wrap(stream, name), name), SmallBufferLength);

    /// <summary>Room for a whole record of <paramref name="length"/> bytes, to be filled before the next call.</summary>
    public Span<byte> Take(int length)
    {
        if (_buffer.Length - _used < length)
        {
            MakeRoom(length);
        }

        Span<byte> room = _buffer.AsSpan(_used, length);
        _used += length;
        Length += length;
        return room;
    }

    /// <summary>Hands on what waits and gives the buffer away until it is wanted again.</summary>
    public void Empty()
    {
        Flush();
        _buffer = _buffer.Length > _firstLength ? new byte[_firstLength] : _buffer;
    }

    /// <summary>Appends whole records.</summary>
    public void Write(ReadOnlySpan<byte> records)
    {
        if (records.Length < DirectLength)
        {
            records.CopyTo(Take(records.Length));
            return;
        }

        Flush();
        _file.Write(records);
        Length += records.Length;
    }

    /// <summary>Hands on what waits.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            int length = _used;

            // Before the call: what could not be written is not tried again.
            _used = 0;
            _file.Write(_buffer.AsSpan(0, length));
        }
    }

    /// <summary>Hands on what waits, through compression too, so that whoever reads the file has all of it.</summary>
    public void FlushThrough()
    {
        Flush();
        _file.FlushThrough();
    }

    /// <summary>Ends the file and gives it its name.</summary>
    public void Complete()
    {
        Flush();
        _file.Close();
        _isFinished = true;
        _file.Keep();
    }

    /// <summary>After a failed write: cuts the file behind the last whole record and keeps it.</summary>
    public void Rescue()
    {
        if (!_isFinished)
        {
            _isFinished = true;
            _used = 0;
            _file.CutBack();
            _file.Keep();
        }
    }

    /// <summary>Takes away what was neither completed nor rescued.</summary>
    public void Dispose()
    {
        if (!_isFinished)
        {
            _isFinished = true;
            _file.Discard();
        }

        _file.Dispose();
    }

    private void MakeRoom(int length)
    {
        if (_buffer.Length < BufferLength)
        {
            Array.Resize(ref _buffer, Math.Max(_used + length, Math.Min(BufferLength, _buffer.Length * 4)));
            return;
        }

        Flush();
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }
    }
}
