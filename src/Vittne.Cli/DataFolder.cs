namespace Vittne.Cli;

/// <summary>Where the program keeps what it makes for itself: <c>$XDG_DATA_HOME/vittne</c>, else <c>~/.local/share/vittne</c>.</summary>
internal static class DataFolder
{
    /// <summary>The index of trails that <c>hunt</c> uses without <c>--trails</c>.</summary>
    public static string TrailIndexPath => Path.Combine(Root, "trails.index");

    /// <summary>What the user allows.</summary>
    public static string AllowPath => Path.Combine(Root, "allow.json");

    /// <summary>Feeds, static lists and their state, as <c>trails update</c> keeps them.</summary>
    public static string FeedsPath => Path.Combine(Root, "feeds");

    private static string Root
    {
        get
        {
            // The XDG base directory specification wants relative paths to be ignored.
            string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            string folder = Path.IsPathFullyQualified(data ?? "")
                ? data!
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
            return Path.Combine(folder, "vittne");
        }
    }
}
