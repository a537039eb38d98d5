namespace Vittne.Trails.Text;

/// <summary>The extension of a file name or path.</summary>
public static class FileExtension
{
    /// <summary>
    /// From the last dot of the last path segment to the end, dot included; empty when there is none. Dots that the segment begins with
    /// belong to the name (<c>.bashrc</c> has no extension), a dot at the end is an extension of its own (<c>x.</c>).
    /// </summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        int dot = name.LastIndexOf((byte)'.');
        int stem = name.IndexOfAnyExcept((byte)'.');
        return stem >= 0 && dot > stem ? name[dot..] : [];
    }
}
