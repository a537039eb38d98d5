using Vittne.Capture.Sources;

namespace Vittne.Capture;

/// <summary>Files and standard input as streams, through the compression that captures may have around them too.</summary>
public static class DecompressedStream
{
    private const int MaxLayers = 2;

    /// <summary>Opens a file, <c>-</c> being standard input.</summary>
    /// <exception cref="IOException">It is not there, cannot be read, or its compression is damaged near the start.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path)
    {
        if (path != CaptureReader.StandardInput && !File.Exists(path))
        {
            throw new CaptureFormatException(path, Directory.Exists(path) ? "is a folder" : "does not exist");
        }

        Stream content = path == CaptureReader.StandardInput
            ? Console.OpenStandardInput()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            for (int layer = 0; layer < MaxLayers; layer++)
            {
                var peeked = new PeekedStream(content, CaptureMagic.Length);
                content = peeked;
                CaptureFormat format = CaptureMagic.Recognize(peeked.Start);
                if (format is CaptureFormat.Pcap or CaptureFormat.Pcapng or CaptureFormat.Unknown)
                {
                    break;
                }

                content = Decompression.Open(format, peeked);
            }

            return content;
        }
        catch (Exception problem) when (Decompression.IsDamage(problem))
        {
            content.Dispose();
            throw new CaptureFormatException($"{path}:", $"is damaged near its start: {Decompression.Reason(problem)}");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the first bytes of a stream: the stream that is returned delivers them once more, and owns the one that is given.</summary>
    public static Stream Peek(Stream stream, int length, out ReadOnlyMemory<byte> start)
    {
        var peeked = new PeekedStream(stream, length);
        start = peeked.Start.ToArray();
        return peeked;
    }

    /// <summary>Whether an exception from reading such a stream means that its compression is damaged or cut off.</summary>
    public static bool IsDamage(Exception problem) => Decompression.IsDamage(problem);
}
