using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>The trails that a verb asks: those named, else the index in the data folder.</summary>
internal static class TrailsOpen
{
    /// <summary>Opens or compiles them; null when there are none, which was told.</summary>
    public static TrailIndex? Load(string[] trails, TextWriter error, out TrailBuildReport report)
    {
        report = new TrailBuildReport();
        if (trails.Length == 0)
        {
            trails = [DataFolder.TrailIndexPath];
            if (!File.Exists(trails[0]))
            {
                error.WriteLine($"vittne: {trails[0]} does not exist; build it with vittne trails build, or name lists with --trails");
                return null;
            }
        }

        TrailIndex index = TrailIndex.Load(trails, TrailBuildOptions.Default, out report);
        foreach (string problem in report.Problems)
        {
            error.WriteLine($"vittne: {problem}");
        }

        return index;
    }
}
