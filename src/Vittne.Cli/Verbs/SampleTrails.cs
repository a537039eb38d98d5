using System.Reflection;

namespace Vittne.Cli.Verbs;

/// <summary>The sample lists inside the program as files in a folder that lasts until this is disposed: reserved names and documentation addresses only.</summary>
internal sealed class SampleTrails : IDisposable
{
    private const string Prefix = "trails/";

    private SampleTrails(string folder) => Folder = folder;

    /// <summary>Where the lists are.</summary>
    public string Folder { get; }

    /// <summary>Writes the lists.</summary>
    public static SampleTrails Unpack()
    {
        var sample = new SampleTrails(Directory.CreateTempSubdirectory("vittne-").FullName);
        Assembly program = typeof(SampleTrails).Assembly;
        foreach (string name in program.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            string path = Path.Combine(sample.Folder, name[Prefix.Length..].Replace('\\', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream resource = program.GetManifestResourceStream(name)!;
            using FileStream file = File.Create(path);
            resource.CopyTo(file);
        }

        return sample;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
