namespace Vittne.TestKit;

/// <summary>
/// The folder of captures and reference data that stands beside the repository and is no part of it. Tests that want it skip without it.
/// </summary>
public static class SharedData
{
    /// <summary>Environment variable that names the folder which has <c>data</c> in it.</summary>
    public const string Variable = "VITTNE_SHARED";

    /// <summary>A path below <c>shared/data</c>, or null when there is no such file or folder.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Existing(Path.Combine(named, "data", relative));
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", relative)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
