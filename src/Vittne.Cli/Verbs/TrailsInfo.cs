using System.Text.Json;
using Vittne.Cli.Rendering;
using Vittne.Trails;
using Vittne.Trails.Feeds;
using Vittne.Trails.Lists;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails info</c>.</summary>
internal static class TrailsInfo
{
    public static int Run(string path, bool isJson, bool verifies, TextWriter output, TextWriter error)
    {
        using TrailIndex index = TrailIndex.Open(path);
        bool isGood = !verifies || index.HasGoodDigest();
        string digest = !verifies ? "head checked" : isGood ? "good" : "bad";
        if (isJson)
        {
            JsonText.Write(output, json => WriteJson(index, digest, Feeds(path), json));
        }
        else
        {
            output.WriteLine($"{path}:");
            output.WriteLine($"  format        version {TrailIndex.FormatVersion}");
            output.WriteLine($"  built at      {TrailWords.Time(index.BuiltAtSeconds)}");
            WriteCounts(index, output);
            output.WriteLine($"  checksum      {digest}");
            WriteFeeds(Feeds(path), output);
        }

        if (isGood)
        {
            return ExitCode.Done;
        }

        error.WriteLine($"vittne: {path} is damaged (bad checksum); build it again with vittne trails build");
        return ExitCode.Error;
    }

    /// <summary>Writes the counts that build and info share.</summary>
    public static void WriteCounts(TrailIndex index, TextWriter output)
    {
        TrailIndexSummary summary = index.Summary();
        output.WriteLine($"  trails        {TrailWords.Of(summary.Trails)}");
        output.WriteLine($"  by kind       {Joined(summary.Kinds.Select(kind => (TrailWords.Of(kind.Kind), kind.Count)))}");
        output.WriteLine($"  by category   {Joined(summary.Categories.Select(category => (TrailWords.Of(category.Category), category.Count)))}");
        output.WriteLine($"  lists         {TrailWords.Of(summary.Lists.Count)}, {TrailWords.Of(summary.Lists.Sum(list => list.ContentLines))} lines");
        output.WriteLine($"  indicators    {TrailWords.Of(summary.Indicators)}, of them doubles {TrailWords.Of(summary.Doubles)}");
        output.WriteLine($"  dropped       {Joined(summary.Drops.Select(drop => (DropRuleWords.Name(drop.Rule), drop.Count)))}");
        output.WriteLine($"  line faults   {Joined(summary.Faults.Select(fault => (LineFaultWords.Name(fault.Fault), fault.Count)))}");
        output.WriteLine($"  size          {TrailWords.Of(index.Length)} bytes");
    }

    private static void WriteJson(TrailIndex index, string digest, IReadOnlyCollection<FeedState> feeds, Utf8JsonWriter json)
    {
        TrailIndexSummary summary = index.Summary();
        json.WriteStartObject();
        json.WriteString("path", index.Path);
        json.WriteNumber("format_version", TrailIndex.FormatVersion);
        if (index.BuiltAtSeconds > 0)
        {
            json.WriteString("built_at", TrailWords.Time(index.BuiltAtSeconds));
        }

        json.WriteNumber("size", index.Length);
        json.WriteString("checksum", digest);
        json.WriteNumber("trails", summary.Trails);
        json.WriteNumber("indicators", summary.Indicators);
        json.WriteNumber("doubles", summary.Doubles);
        WriteCounts(json, "kinds", summary.Kinds.Select(kind => (TrailWords.Of(kind.Kind), kind.Count)));
        WriteCounts(json, "categories", summary.Categories.Select(category => (TrailWords.Of(category.Category), category.Count)));
        WriteCounts(json, "dropped", summary.Drops.Select(drop => (DropRuleWords.Name(drop.Rule), drop.Count)));
        WriteCounts(json, "faults", summary.Faults.Select(fault => (LineFaultWords.Name(fault.Fault), fault.Count)));
        json.WriteStartArray("lists");
        foreach (TrailListInfo list in summary.Lists)
        {
            json.WriteStartObject();
            json.WriteString("list", list.Name);
            json.WriteNumber("lines", list.Lines);
            json.WriteNumber("content_lines", list.ContentLines);
            json.WriteNumber("indicators", list.Indicators);
            json.WriteNumber("broken", list.Broken);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (feeds.Count > 0)
        {
            json.WriteStartArray("feeds");
            foreach (FeedState feed in feeds)
            {
                json.WriteStartObject();
                json.WriteString("feed", feed.Name);
                json.WriteNumber("entries", feed.Entries);
                json.WriteString("good_at", TrailWords.Time(feed.GoodAtSeconds));
                if (feed.Problem.Length > 0)
                {
                    json.WriteString("problem", feed.Problem);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The feeds behind the index of the data folder; none for any other index.</summary>
    private static IReadOnlyCollection<FeedState> Feeds(string path) => path == DataFolder.TrailIndexPath ? FeedStore.Open(DataFolder.FeedsPath).States : [];

    private static void WriteFeeds(IReadOnlyCollection<FeedState> feeds, TextWriter output)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (FeedState feed in feeds)
        {
            string problem = feed.Problem.Length > 0 ? $"; last attempt: {TerminalText.Escape(feed.Problem)}" : "";
            output.WriteLine($"  feed          {feed.Name}: {TrailWords.Of(feed.Entries)} entries, {FeedStore.Age(now - feed.GoodAtSeconds)} old{problem}");
        }
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Count)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static string Joined(IEnumerable<(string Name, long Count)> counts)
    {
        string joined = string.Join(", ", counts.Select(count => $"{count.Name} {TrailWords.Of(count.Count)}"));
        return joined.Length == 0 ? "none" : joined;
    }
}
