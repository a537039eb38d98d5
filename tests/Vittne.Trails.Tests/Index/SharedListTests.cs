using Vittne.TestKit;

namespace Vittne.Trails.Tests.Index;

public sealed class SharedListTests
{
    private const string Absent = "the shared data is absent; set VITTNE_SHARED";

    [Theory]
    [InlineData("lab.csv")]
    [InlineData("corpus.csv")]
    public void Every_row_of_a_final_csv_becomes_a_trail_or_a_counted_drop(string name)
    {
        string? rows = SharedVectors.Find($"data/expected/hunt/{name}");
        string? data = SharedVectors.Find("data/trails/maltrail-data");
        Assert.SkipWhen(rows is null || data is null, Absent);
        using TrailIndex index = TrailIndex.Load([rows, data], TrailBuildOptions.Default, out TrailBuildReport report);
        TrailIndexSummary summary = index.Summary();
        int lines = File.ReadAllLines(rows).Length;
        long userAgents = summary.Kinds.Where(kind => kind.Kind == TrailKind.UserAgent).Sum(kind => kind.Count);

        Assert.DoesNotContain(report.Broken, line => line.List != "whitelist.txt");
        Assert.Empty(report.Problems);
        Assert.Equal(lines, summary.Trails - userAgents + summary.Drops.Sum(drop => drop.Count));
        Assert.All(summary.Drops, drop => Assert.Equal(DropRule.Whitelisted, drop.Rule));
    }

    [Fact]
    public void Data_files_of_Maltrail_are_read_and_only_bare_top_level_names_refused()
    {
        string? data = SharedVectors.Find("data/trails/maltrail-data");
        Assert.SkipWhen(data is null, Absent);
        using TrailIndex index = TrailIndex.Load([data], TrailBuildOptions.Default, out TrailBuildReport report);

        Assert.All(report.Broken, line => Assert.StartsWith(".", line.Text, StringComparison.Ordinal));
        Assert.True(index.IsWhitelistedDomain("www.google.com"u8));
        Assert.True(index.IsWhitelisted(Ask.Parse("8.8.8.8")));
        Assert.False(index.IsWhitelistedDomain("evil.test"u8));
        Assert.Empty(index.PatternProblems);
    }
}
