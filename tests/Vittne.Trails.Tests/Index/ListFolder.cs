namespace Vittne.Trails.Tests.Index;

/// <summary>A folder with lists that is there until it is disposed.</summary>
internal sealed class ListFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("vittne-").FullName;

    /// <summary>Adds a list; the name may have folders.</summary>
    public ListFolder With(string name, string text) => With(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a list of bytes.</summary>
    public ListFolder With(string name, byte[] bytes)
    {
        string path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, bytes);
        return this;
    }

    /// <summary>Path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The lists compiled.</summary>
    public TrailIndex Load(TrailBuildOptions? options = null) => Load(out _, options);

    /// <summary>The lists compiled, with the report.</summary>
    public TrailIndex Load(out TrailBuildReport report, TrailBuildOptions? options = null) =>
        TrailIndex.Load([Path], options ?? TrailBuildOptions.Default, out report);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
