using System.Text.Json;

namespace Vittne.Trails.Imports;

/// <summary>The table of contents of a MISP feed: the uuid of each event, whose file is named for it.</summary>
internal static class MispManifest
{
    /// <summary>The name that it has in every feed.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The files of the events.</summary>
    /// <exception cref="InvalidDataException">The text is no manifest.</exception>
    public static List<string> EventFiles(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonKind.MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException("is no manifest of a MISP feed");
            }

            var files = new List<string>();
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                // A name that is no uuid could lead out of the folder.
                if (Guid.TryParseExact(entry.Name, "D", out Guid _))
                {
                    files.Add(entry.Name + ".json");
                }
            }

            files.Sort(StringComparer.Ordinal);
            return files;
        }
        catch (JsonException e)
        {
            throw JsonKind.Broken(e);
        }
    }
}
