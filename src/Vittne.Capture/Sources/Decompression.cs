using System.IO.Compression;
using ZstdSharp;

namespace Vittne.Capture.Sources;

/// <summary>The compressions that a capture may be wrapped in.</summary>
internal static class Decompression
{
    static Decompression()
    {
        // Without it the runtime takes a gzip file that lost its end for one that is whole: missing packets without a word.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
    }

    /// <summary>Wraps a stream of compressed data; disposing the result disposes it too.</summary>
    public static Stream Open(CaptureFormat format, Stream compressed) => format switch
    {
        CaptureFormat.Gzip => new GZipStream(compressed, CompressionMode.Decompress),
        CaptureFormat.Zstd => new DecompressionStream(compressed, leaveOpen: false),
        CaptureFormat.Lz4 => new Lz4Stream(new BufferedStream(compressed, bufferSize: 1 << 16)),
        _ => new XzStream(new BufferedStream(compressed, bufferSize: 1 << 16)),
    };

    /// <summary>The field's word for a compression.</summary>
    public static string Name(CaptureFormat format) => format switch
    {
        CaptureFormat.Gzip => "gzip",
        CaptureFormat.Zstd => "zstd",
        CaptureFormat.Lz4 => "lz4",
        _ => "xz",
    };

    /// <summary>Whether an exception means that compressed data make no sense (and is no error of the program or the disk).</summary>
    public static bool IsDamage(Exception problem) => problem is InvalidDataException or ZstdException or EndOfStreamException;

    /// <summary>What an exception of a decompressor says, as the rest of a sentence.</summary>
    public static string Reason(Exception problem) => problem.Message.TrimEnd('.');
}
