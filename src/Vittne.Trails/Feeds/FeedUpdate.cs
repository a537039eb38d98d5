using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Vittne.Trails.Feeds;

/// <summary>Fetches feeds, eight at a time, and keeps of each the last good body.</summary>
/// <param name="options">How to fetch.</param>
public sealed class FeedUpdate(FeedUpdateOptions options)
{
    private const int AtOnce = 8;

    private readonly Lock _gate = new();

    /// <summary>Fetches feeds.</summary>
    /// <param name="feeds">Which.</param>
    /// <param name="done">Told of each feed as it is done; in no order.</param>
    /// <param name="cancellation">Ends the update; feeds that are done stay.</param>
    /// <returns>What became of each, in the order given.</returns>
    /// <exception cref="IOException">The folder cannot be written, or another update is running.</exception>
    public async Task<IReadOnlyList<FeedOutcome>> RunAsync(IReadOnlyList<FeedDescriptor> feeds, Action<FeedOutcome>? done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        var store = FeedStore.Open(options.Folder);
        Directory.CreateDirectory(store.ListsFolder);
        await using FileStream claim = Claim();
        var outcomes = new FeedOutcome[feeds.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, feeds.Count, parallel, async (i, token) =>
            {
                outcomes[i] = await OneAsync(feeds[i], store, token).ConfigureAwait(false);
                done?.Invoke(outcomes[i]);
            }).ConfigureAwait(false);
        }
        finally
        {
            store.Save();
        }

        return outcomes;
    }

    private FileStream Claim()
    {
        try
        {
            return new FileStream(Path.Combine(options.Folder, "update.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new IOException($"{options.Folder} is being updated by another program; wait for it to end", e);
        }
    }

    private async Task<FeedOutcome> OneAsync(FeedDescriptor feed, FeedStore store, CancellationToken cancellation)
    {
        FeedState? known;
        lock (_gate)
        {
            known = store.Find(feed.Name);
        }

        string fingerprint = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(feed.Fingerprint)).ToString("x16", CultureInfo.InvariantCulture);
        FeedOutcome outcome;
        try
        {
            outcome = await FetchAsync(feed, known, fingerprint, store, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FeedFetchException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            outcome = new FeedOutcome(feed.Name, known is null ? null : known with { Problem = e.Message }, known?.Entries ?? 0, IsGood: false, "failed", e.Message);
        }

        lock (_gate)
        {
            if (outcome.State is not null)
            {
                store.Set(outcome.State);
            }
        }

        return outcome;
    }

    private async Task<FeedOutcome> FetchAsync(FeedDescriptor feed, FeedState? known, string fingerprint, FeedStore store, CancellationToken cancellation)
    {
        using var fetcher = new FeedFetcher(options);

        // Marks are those of one address: a feed of several parts is fetched whole.
        FeedState? conditional = known is not null && known.Fingerprint == fingerprint && !feed.TakesAll ? known : null;
        FetchedBody? fetched = null;
        FeedFetchException? first = null;
        var parts = new List<byte[]>();
        string fileName = "";
        foreach (string url in feed.Urls)
        {
            try
            {
                FetchedBody part = await fetcher.FetchAsync(url, conditional, cancellation).ConfigureAwait(false);
                fetched = part;
                fileName = Path.GetFileName(new Uri(url).AbsolutePath);
                if (!feed.TakesAll)
                {
                    break;
                }

                parts.Add(part.Bytes ?? []);
            }
            catch (FeedFetchException e) when (!feed.TakesAll)
            {
                first ??= e;
            }
        }

        if (fetched is null)
        {
            throw first ?? new FeedFetchException("has no address");
        }

        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        int before = known?.Entries ?? 0;
        if (fetched.Bytes is null && !feed.TakesAll)
        {
            return new FeedOutcome(feed.Name, known! with { GoodAtSeconds = now, Problem = "" }, before, IsGood: true, "unchanged", "");
        }

        byte[] body = feed.TakesAll ? [.. parts.SelectMany(part => part.Append((byte)'\n'))] : fetched.Bytes!;
        int entries = Keep(feed, body, fileName, store, known, out string refusal);
        if (refusal.Length > 0)
        {
            return new FeedOutcome(feed.Name, known! with { Problem = refusal }, before, IsGood: false, "refused", refusal);
        }

        var state = new FeedState
        {
            Name = feed.Name,
            Entries = entries,
            GoodAtSeconds = now,
            ETag = fetched.ETag,
            LastModified = fetched.LastModified,
            Fingerprint = fingerprint,
        };
        return new FeedOutcome(feed.Name, state, before, IsGood: true, known is null ? "new" : "updated", "");
    }

    /// <summary>Puts the entries of a body in place of those before, unless they are suspiciously few.</summary>
    private int Keep(FeedDescriptor feed, byte[] body, string fileName, FeedStore store, FeedState? known, out string refusal)
    {
        refusal = "";
        string path = store.ListPath(feed.Name);
        int entries;
        if (feed.Format != FeedConverter.Archive)
        {
            string text = FeedConverter.Convert(feed, body, fileName, out entries);
            if (!Shrinks(known, entries, out refusal))
            {
                TrailIndexWriter.Write(path, Encoding.UTF8.GetBytes(text));
            }

            return entries;
        }

        string folder = Path.Combine(store.ListsFolder, feed.Name);
        string fresh = Path.Combine(store.Folder, feed.Name + ".new");
        string old = Path.Combine(store.Folder, feed.Name + ".old");
        Clear(fresh);
        try
        {
            entries = StaticArchive.Extract(body, fresh);
            if (!Shrinks(known, entries, out refusal))
            {
                Clear(old);
                if (Directory.Exists(folder))
                {
                    Directory.Move(folder, old);
                }

                Directory.Move(fresh, folder);
            }
        }
        finally
        {
            Clear(fresh);
            Clear(old);
        }

        return entries;
    }

    private bool Shrinks(FeedState? known, int entries, out string refusal)
    {
        bool shrinks = known is not null && !options.AcceptsShrinking && entries < (known.Entries + 1) / 2;
        refusal = shrinks ? string.Create(CultureInfo.InvariantCulture, $"fell from {known!.Entries} to {entries} entries; --accept-shrink takes it") : "";
        return shrinks;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
