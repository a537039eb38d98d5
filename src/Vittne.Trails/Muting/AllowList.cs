using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vittne.Trails.Imports;

namespace Vittne.Trails.Muting;

/// <summary>What the user allows, as a file of JSON. An entry is named by its indicator and the hosts for which it holds.</summary>
public sealed class AllowList
{
    private readonly string _path;
    private readonly List<AllowEntry> _entries = [];

    private AllowList(string path) => _path = path;

    /// <summary>All entries in the order of their indicators, ended ones too.</summary>
    public IReadOnlyList<AllowEntry> Entries => _entries;

    /// <summary>Reads the list; a file that does not exist is an empty one.</summary>
    /// <exception cref="IOException">The file cannot be read, or is no list of this kind.</exception>
    public static AllowList Load(string path)
    {
        var list = new AllowList(path);
        if (!File.Exists(path))
        {
            return list;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonElement item in document.RootElement.EnumerateArray())
            {
                if (!AllowEntry.TryCreate(JsonKind.Text(item, "indicator"), JsonKind.Text(item, "host"), JsonKind.Text(item, "until"), JsonKind.Text(item, "reason"), out AllowEntry? entry, out string problem))
                {
                    throw new IOException($"{path} cannot be used: {problem}; mend it or delete it");
                }

                list.Add(entry!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new IOException($"{path} is no list of allowed indicators; mend it or delete it", e);
        }

        return list;
    }

    /// <summary>Entries that hold at a time.</summary>
    public IEnumerable<AllowEntry> Live(DateTimeOffset now) => _entries.Where(entry => entry.UntilSeconds > now.ToUnixTimeSeconds());

    /// <summary>Entries that have ended.</summary>
    public IEnumerable<AllowEntry> Ended(DateTimeOffset now) => _entries.Where(entry => entry.UntilSeconds <= now.ToUnixTimeSeconds());

    /// <summary>Adds an entry; one for the same indicator and hosts is replaced.</summary>
    public void Add(AllowEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.RemoveAll(old => IsSame(old, entry));
        _entries.Add(entry);
        _entries.Sort(static (a, b) => string.CompareOrdinal($"{a.Indicator} {a.Host}", $"{b.Indicator} {b.Host}"));
    }

    /// <summary>Removes the entries of an indicator, of all hosts when the one given names none; false when there is none.</summary>
    public bool Remove(AllowEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _entries.RemoveAll(old => entry.Host.Length == 0 ? old.Kind == entry.Kind && old.Indicator == entry.Indicator : IsSame(old, entry)) > 0;
    }

    /// <summary>Writes the list at once.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            _entries.ForEach(entry => entry.Write(json));
            json.WriteEndArray();
        }

        TrailIndexWriter.Write(_path, bytes.WrittenSpan.ToArray());
    }

    private static bool IsSame(AllowEntry a, AllowEntry b) => a.Kind == b.Kind && a.Indicator == b.Indicator && a.Host == b.Host;
}
