using System.Globalization;
using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>Finds the trails of a hunt: those named, else the built index in the data folder, else the sample list inside the program.</summary>
internal static class HuntTrails
{
    /// <summary>Opens or compiles them; null when there are none to hunt with, which was told.</summary>
    public static TrailIndex? Load(HuntRequest request, TextWriter error)
    {
        List<string> paths = [.. request.Trails];
        using SampleTrails? sample = paths.Count == 0 && !File.Exists(DataFolder.TrailIndexPath) ? SampleTrails.Unpack() : null;
        if (paths.Count == 0)
        {
            paths.Add(sample?.Folder ?? DataFolder.TrailIndexPath);
        }

        string from = sample is null ? string.Join(", ", paths) : "the sample in the program";
        if (request.CustomTrails is { } custom)
        {
            paths.Add(custom);
            from = $"{from}, {custom}";
        }

        var options = new TrailBuildOptions { Whitelists = request.Whitelist };
        TrailIndex index = TrailIndex.Load(paths, options, out TrailBuildReport report);
        foreach (string problem in report.Problems)
        {
            error.WriteLine($"vittne: {problem}");
        }

        if (index.Count == 0)
        {
            error.WriteLine($"vittne: {from} holds no trail; build an index with 'vittne trails build LISTS', or use --heuristics-only");
            index.Dispose();
            return null;
        }

        if (sample is not null)
        {
            error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"vittne: there is no index of trails yet: these {index.Count} trails from {from} know nothing of real threats; 'vittne trails build LISTS' makes an index"));
        }
        else if (!request.IsQuiet)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {index.Count} trail{(index.Count == 1 ? "" : "s")} from {from}"));
        }

        return index;
    }
}
