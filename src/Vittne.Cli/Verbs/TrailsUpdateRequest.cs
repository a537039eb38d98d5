using Vittne.Trails.Feeds;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne trails update</c>.</summary>
internal sealed record TrailsUpdateRequest
{
    public required string[] Lists { get; init; }

    public required string Target { get; init; }

    public required string[] Only { get; init; }

    public required string[] Without { get; init; }

    public required string? FeedsFile { get; init; }

    public required FeedUpdateOptions Options { get; init; }

    /// <summary>The feeds that are asked for; null when the command line or the table is wrong, which was told.</summary>
    public IReadOnlyList<FeedDescriptor>? Feeds(TextWriter error)
    {
        List<FeedDescriptor> known = [.. FeedTable.BuiltIn()];
        if (FeedsFile is not null)
        {
            try
            {
                IReadOnlyList<FeedDescriptor> own = FeedTable.Read(File.ReadAllText(FeedsFile));
                known.RemoveAll(feed => own.Any(other => other.Name == feed.Name));
                known.AddRange(own);
            }
            catch (FormatException e)
            {
                error.WriteLine($"vittne: {FeedsFile} {e.Message}");
                return null;
            }
        }

        string? unknown = Only.Concat(Without).FirstOrDefault(name => !known.Exists(feed => feed.Name == name));
        if (unknown is not null)
        {
            error.WriteLine($"vittne: there is no feed '{unknown}'; vittne trails update --list tells them");
            return null;
        }

        return [.. known.Where(feed => (Only.Length > 0 ? Only.Contains(feed.Name) : feed.IsOn) && !Without.Contains(feed.Name)).OrderBy(feed => feed.Name, StringComparer.Ordinal)];
    }
}
