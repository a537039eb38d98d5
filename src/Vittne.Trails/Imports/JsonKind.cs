using System.Text.Json;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>Tells STIX, MISP and other JSON apart by the names at the top.</summary>
internal static class JsonKind
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private const int NamesLookedAt = 64;

    /// <summary>True for a file that its name says to be JSON.</summary>
    public static bool IsJsonName(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".json" or ".stix";

    /// <summary>The format of a JSON text.</summary>
    /// <exception cref="InvalidDataException">It is of no known kind.</exception>
    public static ListFormat Of(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(WithoutMark(text), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                for (int i = 0; i < NamesLookedAt && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; i++)
                {
                    if (reader.ValueTextEquals("Event"u8) || reader.ValueTextEquals("response"u8))
                    {
                        return ListFormat.Misp;
                    }

                    if (reader.ValueTextEquals("objects"u8) || reader.ValueTextEquals("spec_version"u8))
                    {
                        return ListFormat.Stix;
                    }

                    bool isType = reader.ValueTextEquals("type"u8);
                    reader.Read();
                    if (isType && reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("bundle"u8) || reader.ValueTextEquals("indicator"u8)))
                    {
                        return ListFormat.Stix;
                    }

                    reader.Skip();
                }
            }
        }
        catch (JsonException e)
        {
            throw Broken(e);
        }

        throw new InvalidDataException("is JSON of no known kind; STIX 2.1 bundles and MISP events are known");
    }

    /// <summary>The text without byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    /// <summary>Complaint about JSON that cannot be read.</summary>
    public static InvalidDataException Broken(JsonException e) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is no JSON: it breaks in line {(e.LineNumber ?? 0) + 1}"), e);

    /// <summary>The text of a property; empty when there is none or it is no text.</summary>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    /// <summary>True when a property is true, 1 or <c>"1"</c>.</summary>
    public static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value)
        && (value.ValueKind == JsonValueKind.True
            || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number == 1)
            || (value.ValueKind == JsonValueKind.String && value.GetString() is "1" or "true"));

    /// <summary>The elements of an array property; none when there is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement item in array.EnumerateArray())
        {
            yield return item;
        }
    }
}
