using System.IO.Compression;
using ZstdSharp;

namespace Vittne.Capture.Writing;

/// <summary>Compression of a file that is written, chosen by its name.</summary>
internal static class Compression
{
    /// <summary>Level of zstd: its own default.</summary>
    private const int ZstdLevel = 3;

    private const string Gzip = ".gz";
    private const string Zstd = ".zst";
    private const string Lz4 = ".lz4";

    /// <summary>The stream that compresses into <paramref name="raw"/> and owns it; <paramref name="raw"/> itself for other names.</summary>
    public static Stream Wrap(Stream raw, string path) => Extension(path) switch
    {
        Gzip => new GZipStream(raw, CompressionLevel.Optimal),
        Zstd => new CompressionStream(raw, ZstdLevel, leaveOpen: false),
        Lz4 => new Lz4OutputStream(raw),
        _ => raw,
    };

    /// <summary>The name without the ending that asks for compression.</summary>
    public static string NameWithout(string path)
    {
        string extension = Extension(path);
        return extension is Gzip or Zstd or Lz4 ? path[..^extension.Length] : path;
    }

    private static string Extension(string path)
    {
        string extension = Path.GetExtension(path);
        return string.Equals(extension, Gzip, StringComparison.OrdinalIgnoreCase) ? Gzip
            : string.Equals(extension, Zstd, StringComparison.OrdinalIgnoreCase) ? Zstd
            : string.Equals(extension, Lz4, StringComparison.OrdinalIgnoreCase) ? Lz4
            : extension;
    }
}
