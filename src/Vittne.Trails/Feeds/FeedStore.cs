using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Vittne.Trails.Imports;

namespace Vittne.Trails.Feeds;

/// <summary>The folder with feeds as they were last good, and their state.</summary>
public sealed class FeedStore
{
    private const string StateFile = "state.json";

    private readonly SortedDictionary<string, FeedState> _states = new(StringComparer.Ordinal);

    private FeedStore(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Folder of the lists that <c>trails build</c> reads.</summary>
    public string ListsFolder => Path.Combine(Folder, "lists");

    /// <summary>State of all feeds in the order of their names.</summary>
    public IReadOnlyCollection<FeedState> States => _states.Values;

    /// <summary>Reads the state; one that is not there or broken is none: feeds are then fetched anew.</summary>
    public static FeedStore Open(string folder)
    {
        var store = new FeedStore(folder);
        string path = Path.Combine(folder, StateFile);
        if (!File.Exists(path))
        {
            return store;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonElement item in JsonKind.Items(document.RootElement, "feeds"))
            {
                var state = new FeedState
                {
                    Name = JsonKind.Text(item, "name"),
                    Entries = item.TryGetProperty("entries", out JsonElement entries) && entries.TryGetInt32(out int count) ? count : 0,
                    GoodAtSeconds = item.TryGetProperty("good_at", out JsonElement good) && good.TryGetInt64(out long seconds) ? seconds : 0,
                    ETag = JsonKind.Text(item, "etag"),
                    LastModified = JsonKind.Text(item, "last_modified"),
                    Fingerprint = JsonKind.Text(item, "fingerprint"),
                    Problem = JsonKind.Text(item, "problem"),
                };
                store._states[state.Name] = state;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            store._states.Clear();
        }

        return store;
    }

    /// <summary>State of a feed whose entries are kept; null without.</summary>
    public FeedState? Find(string name) =>
        _states.TryGetValue(name, out FeedState? state) && (File.Exists(ListPath(name)) || Directory.Exists(Path.Combine(ListsFolder, name))) ? state : null;

    /// <summary>Where the entries of a feed are kept.</summary>
    internal string ListPath(string name) => Path.Combine(ListsFolder, name + ".feed");

    internal void Set(FeedState state) => _states[state.Name] = state;

    /// <summary>Writes the state at once.</summary>
    internal void Save()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("feeds");
            foreach (FeedState state in _states.Values)
            {
                json.WriteStartObject();
                json.WriteString("name", state.Name);
                json.WriteNumber("entries", state.Entries);
                json.WriteNumber("good_at", state.GoodAtSeconds);
                json.WriteString("etag", state.ETag);
                json.WriteString("last_modified", state.LastModified);
                json.WriteString("fingerprint", state.Fingerprint);
                json.WriteString("problem", state.Problem);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        TrailIndexWriter.Write(Path.Combine(Folder, StateFile), bytes.WrittenSpan.ToArray());
    }

    /// <summary>A span of time in the unit that people would use.</summary>
    public static string Age(long seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(seconds, 0)} s"),
        < 7_200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} d"),
    };
}
