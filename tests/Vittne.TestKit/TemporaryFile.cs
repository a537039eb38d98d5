namespace Vittne.TestKit;

/// <summary>A file that is there until it is disposed.</summary>
public sealed class TemporaryFile : IDisposable
{
    /// <summary>Makes a file with this content.</summary>
    public TemporaryFile(ReadOnlySpan<byte> content)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, content);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}
