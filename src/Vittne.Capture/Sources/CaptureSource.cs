using Microsoft.Win32.SafeHandles;

namespace Vittne.Capture.Sources;

/// <summary>The bytes of a capture, decompressed, from front to back: a file or a stream.</summary>
internal abstract class CaptureSource(string name) : IDisposable
{
    /// <summary>The capture as the user named it.</summary>
    public string Name { get; } = name;

    /// <summary>Offset in the capture of the next byte.</summary>
    public long Position { get; protected set; }

    /// <summary>Whether what <see cref="Peek"/> shows lies in the batch's own buffer, so that packets stay where they are.</summary>
    public virtual bool IsInPlace => false;

    /// <summary>With <see cref="IsInPlace"/>: where in the batch's buffer the byte at <see cref="Position"/> lies.</summary>
    public virtual int BufferOffset => 0;

    /// <summary>Compression around the capture in the field's word, or null.</summary>
    public virtual string? Compression => null;

    /// <summary>Why the bytes ended before their time, or null.</summary>
    public string? Failure { get; protected set; }

    /// <summary>Whether <see cref="Failure"/> means that the end is missing, not that there is damage.</summary>
    public bool IsCut { get; protected set; }

    /// <summary>Bytes of the file consumed.</summary>
    public abstract long BytesRead { get; }

    /// <summary>Bytes of the file, or null where not known.</summary>
    public abstract long? BytesTotal { get; }

    /// <summary>Bytes of the capture from <see cref="Position"/> on, or null where not known.</summary>
    public virtual long? Remaining => null;

    /// <summary>Whether more bytes may come at the end.</summary>
    public bool Grows { get; set; }

    /// <summary>Whether the file is no longer as long as it was when bytes were missing.</summary>
    public virtual bool HasGrown => false;

    /// <summary>The position of the newest packet: what expands without end and without a packet is a bomb.</summary>
    public long PacketPosition { get; set; }

    /// <summary>Whether a file is long enough to say what it is: captures begin with the header of the file or of a section.</summary>
    public static bool HasHeader(string path)
    {
        const int longestHeader = 28;
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> start = stackalloc byte[longestHeader];
        int length = RandomAccess.Read(handle, start, 0);
        return length == start.Length || (length >= Pcap.PcapFileHeader.Length && CaptureMagic.Recognize(start[..length]) == CaptureFormat.Pcap);
    }

    /// <summary>Opens the file at <paramref name="path"/>, <c>-</c> being standard input.</summary>
    public static CaptureSource Open(string path)
    {
        if (path == CaptureReader.StandardInput)
        {
            return Open(Console.OpenStandardInput(), path);
        }

        if (!File.Exists(path))
        {
            throw new CaptureFormatException(path, Directory.Exists(path) ? "is a folder" : "does not exist");
        }

        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        FileStream? file = null;
        try
        {
            file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!file.CanSeek)
            {
                return Open(file, path);
            }

            Span<byte> start = stackalloc byte[CaptureMagic.Length];
            start = start[..RandomAccess.Read(handle, start, 0)];
            switch (CaptureMagic.Recognize(start))
            {
                case CaptureFormat.Pcap or CaptureFormat.Pcapng:
                    return new FileSource(path, handle);
                case CaptureFormat.Unknown:
                    throw NotACapture(path, start, compression: null);
                default:
                    return Open(file, path);
            }
        }
        catch
        {
            file?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream from its start, through decompression where its first bytes ask for it, and owns it from then on.</summary>
    public static CaptureSource Open(Stream stream, string name)
    {
        var raw = new RawInput(stream);
        Stream content = raw;
        string? compression = null;
        try
        {
            // One layer of compression within another is seen in the wild (a rotated file compressed again); more is an attack.
            for (int layer = 0; layer < 2; layer++)
            {
                var peeked = new PeekedStream(content, CaptureMagic.Length);
                content = peeked;
                CaptureFormat format = CaptureMagic.Recognize(peeked.Start);
                if (format is CaptureFormat.Pcap or CaptureFormat.Pcapng or CaptureFormat.Unknown)
                {
                    break;
                }

                content = Decompression.Open(format, peeked);
                compression = compression is null ? Decompression.Name(format) : $"{compression} of {Decompression.Name(format)}";
            }

            return new StreamSource(name, content, raw, compression);
        }
        catch (Exception problem) when (Decompression.IsDamage(problem))
        {
            content.Dispose();
            throw new CaptureFormatException(
                $"{name}:", $"not a capture ({compression} data are damaged near their start: {Decompression.Reason(problem)})");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The bytes from <see cref="Position"/> on: at least <paramref name="atLeast"/> of them unless the capture ends sooner. Valid
    /// until the
    /// next call of this or of <see cref="Skip"/>.
    /// </summary>
    public abstract ReadOnlySpan<byte> Peek(int atLeast);

    /// <summary>Moves on by bytes that <see cref="Peek"/> has shown.</summary>
    public abstract void Advance(int length);

    /// <summary>Moves on by bytes that need not have been shown; returns how many there were.</summary>
    public abstract long Skip(long length);

    /// <summary>Called before each batch, which packets go to from then on.</summary>
    public virtual void BeginBatch(PacketBatch batch)
    {
    }

    /// <summary>The error that what is here is no capture, or that nothing is here.</summary>
    public CaptureFormatException NotACapture()
    {
        ReadOnlySpan<byte> start = Peek(CaptureMagic.Length);
        return Failure is { } failure && start.IsEmpty
            ? new CaptureFormatException($"{Name}:", $"not a capture ({failure})")
            : NotACapture(Name, start, Compression);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    private static CaptureFormatException NotACapture(string name, ReadOnlySpan<byte> start, string? compression)
    {
        if (start.IsEmpty)
        {
            return new CaptureFormatException(name, compression is null ? "is empty" : $"is empty ({compression} of nothing)");
        }

        string bytes = BitConverter.ToString(start[..Math.Min(4, start.Length)].ToArray()).Replace('-', ' ').ToLowerInvariant();
        string inside = compression is null ? "" : $"inside {compression}: ";
        return new CaptureFormatException($"{name}:", $"not a capture ({inside}starts with {bytes})");
    }
}
