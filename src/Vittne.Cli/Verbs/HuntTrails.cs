using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>Finds the trails of a hunt: those named, else the built index in the data folder, else the sample list inside the program.</summary>
internal static class HuntTrails
{
    /// <summary>Opens or compiles them; null when there are none to hunt with, which was told.</summary>
    public static TrailIndex? Load(HuntRequest request, TextWriter error)
    {
        List<string> paths = request.Trails;
        if (paths.Count == 0)
        {
            if (File.Exists(DataFolder.TrailIndexPath))
            {
                paths = [DataFolder.TrailIndexPath];
            }
            else
            {
                error.WriteLine("vittne: there are no trails to hunt with; build an index with 'vittne trails build LISTS', name lists with --trails, or use --heuristics-only");
                return null;
            }
        }

        var options = new TrailBuildOptions { Whitelists = request.Whitelist };
        TrailIndex index = TrailIndex.Load(paths, options, out TrailBuildReport report);
        foreach (string problem in report.Problems)
        {
            error.WriteLine($"vittne: {problem}");
        }

        if (index.Count == 0)
        {
            error.WriteLine($"vittne: {string.Join(", ", paths)} holds no trail; build an index with 'vittne trails build LISTS', or use --heuristics-only");
            index.Dispose();
            return null;
        }

        return index;
    }
}
