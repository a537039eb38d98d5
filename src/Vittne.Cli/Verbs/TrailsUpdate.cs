using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Trails;
using Vittne.Trails.Feeds;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails update</c>.</summary>
internal static class TrailsUpdate
{
    /// <summary>Tells the feeds.</summary>
    public static int List(TrailsUpdateRequest request, TextWriter output, TextWriter error)
    {
        if (request.Feeds(error) is not IReadOnlyList<FeedDescriptor> asked)
        {
            return ExitCode.Usage;
        }

        foreach (FeedDescriptor feed in request.Only.Length > 0 ? asked : [.. asked, .. FeedTable.BuiltIn().Where(feed => !feed.IsOn)])
        {
            output.WriteLine($"{feed.Name,-20} {(feed.IsOn ? "on " : "off")} {feed.Licence,-20} {feed.Urls[0]}");
        }

        return ExitCode.Done;
    }

    /// <summary>Fetches feeds and builds the index.</summary>
    public static async Task<int> RunAsync(TrailsUpdateRequest request, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (request.Options.TimeoutSeconds is < 1 or > 3600)
        {
            error.WriteLine("vittne: --timeout must be 1 to 3600 seconds");
            return ExitCode.Usage;
        }

        if (request.Options.Proxy is not (null or "none") && !Uri.TryCreate(request.Options.Proxy, UriKind.Absolute, out _))
        {
            error.WriteLine($"vittne: --proxy '{request.Options.Proxy}' is no address; write http://proxy.example:3128 or none");
            return ExitCode.Usage;
        }

        if (request.Feeds(error) is not IReadOnlyList<FeedDescriptor> feeds)
        {
            return ExitCode.Usage;
        }

        if (feeds.Count == 0)
        {
            error.WriteLine("vittne: no feed is left to fetch");
            return ExitCode.Usage;
        }

        IReadOnlyList<FeedOutcome> outcomes;
        try
        {
            outcomes = await new FeedUpdate(request.Options).RunAsync(feeds, done: null, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("vittne: stopped; feeds that were done are kept, the index stays as it was");
            return ExitCode.Interrupted;
        }

        WriteTable(outcomes, output);
        foreach (FeedOutcome outcome in outcomes.Where(outcome => !outcome.IsGood))
        {
            string kept = outcome.State is null ? "nothing of it is kept" : "its last good data are kept";
            error.WriteLine($"vittne: feed {outcome.Name} {TerminalText.Escape(outcome.Problem)}; {kept}");
        }

        if (!outcomes.Any(outcome => outcome.IsGood))
        {
            error.WriteLine("vittne: no feed could be fetched; the index stays as it was");
            return ExitCode.Error;
        }

        var options = new TrailBuildOptions { BuiltAtSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        string lists = FeedStore.Open(request.Options.Folder).ListsFolder;
        return TrailsBuild.Run([lists, .. request.Lists], request.Target, options, isStrict: false, output, error);
    }

    private static void WriteTable(IReadOnlyList<FeedOutcome> outcomes, TextWriter output)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        output.WriteLine($"{"feed",-20} {"entries",10} {"change",10} {"age",8} state");
        foreach (FeedOutcome outcome in outcomes)
        {
            int entries = outcome.State?.Entries ?? 0;
            string change = (entries - outcome.Before).ToString("+#,##0;-#,##0;0", CultureInfo.InvariantCulture);
            string age = outcome.State is null ? "-" : FeedStore.Age(now - outcome.State.GoodAtSeconds);
            output.WriteLine($"{outcome.Name,-20} {TrailWords.Of(entries),10} {change,10} {age,8} {outcome.Word}");
        }
    }
}
