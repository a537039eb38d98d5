namespace Vittne.Trails.Lists;

/// <summary>A list that was found.</summary>
/// <param name="Path">Where it is; <c>-</c> for standard input.</param>
/// <param name="Name">Its path relative to the path that was given, with <c>/</c>.</param>
/// <param name="Folder">Name of the folder that it lies in directly, as far as the given path tells.</param>
/// <param name="IsCustom">True below a folder named <c>custom</c>.</param>
internal sealed record ListFile(string Path, string Name, string Folder, bool IsCustom)
{
    /// <summary>Standard input.</summary>
    public static ListFile StandardInput { get; } = new("-", "-", "", false);

    /// <summary>The file name without folder.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The file name without folder and extension.</summary>
    public string BareName => Name == "-" ? "standard input" : System.IO.Path.GetFileNameWithoutExtension(FileName);
}
