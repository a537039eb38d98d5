using System.Text.Json;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>
/// Reads MISP events: the file of an event, the answer of a search, or each file of a feed. Attributes of the event and of its objects
/// count when they are meant for detection (<c>to_ids</c>).
/// </summary>
internal static class MispReader
{
    private const int MaxReferences = 16;

    /// <summary>Reads the events of a file.</summary>
    /// <exception cref="InvalidDataException">The text is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonKind.WithoutMark(text).ToArray(), new JsonDocumentOptions { MaxDepth = JsonKind.MaxDepth });
            ReadEvent(document.RootElement, builder);
            if (document.RootElement.TryGetProperty("response", out JsonElement response))
            {
                if (response.ValueKind == JsonValueKind.Array)
                {
                    foreach (JsonElement item in response.EnumerateArray())
                    {
                        ReadEvent(item, builder);
                    }
                }
                else
                {
                    ReadAttributes(response, builder, builder.CustomMeta());
                }
            }
        }
        catch (JsonException e)
        {
            throw JsonKind.Broken(e);
        }
    }

    private static void ReadEvent(JsonElement holder, ListBuilder builder)
    {
        if (holder.ValueKind != JsonValueKind.Object || !holder.TryGetProperty("Event", out JsonElement item) || item.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string info = JsonKind.Text(item, "info");
        string organisation = item.TryGetProperty("Orgc", out JsonElement creator) ? JsonKind.Text(creator, "name") : "";
        string reference = $"{(organisation.Length > 0 ? organisation : "MISP")} {JsonKind.Text(item, "uuid")}".TrimEnd();
        builder.OnObject(Links(item));
        ReadAttributes(item, builder, builder.Meta(builder.Options.Info ?? (info.Length > 0 ? info : builder.DefaultInfo()), reference + " (custom)", TrailCategory.Custom));
    }

    private static void ReadAttributes(JsonElement holder, ListBuilder builder, int meta)
    {
        foreach (JsonElement attribute in JsonKind.Items(holder, "Attribute"))
        {
            ReadAttribute(attribute, builder, meta);
        }

        foreach (JsonElement group in JsonKind.Items(holder, "Object"))
        {
            if (group.ValueKind == JsonValueKind.Object && !JsonKind.IsTrue(group, "deleted"))
            {
                foreach (JsonElement attribute in JsonKind.Items(group, "Attribute"))
                {
                    ReadAttribute(attribute, builder, meta);
                }
            }
        }
    }

    private static void ReadAttribute(JsonElement attribute, ListBuilder builder, int meta)
    {
        builder.List.LineCount++;
        if (attribute.ValueKind != JsonValueKind.Object || JsonKind.IsTrue(attribute, "deleted"))
        {
            return;
        }

        string type = JsonKind.Text(attribute, "type");
        string value = JsonKind.Text(attribute, "value");
        var place = new ObjectPlace(builder.List.LineCount, JsonKind.Text(attribute, "uuid"), meta);
        builder.List.ContentLines++;
        if (!JsonKind.IsTrue(attribute, "to_ids"))
        {
            builder.AddFault(LineFault.NotForDetection, value, place);
            return;
        }

        List<(string Prefix, string Value)> indicators = MispAttribute.Indicators(type, value);
        if (indicators.Count == 0)
        {
            builder.AddFault(LineFault.Unsupported, $"{type} {value}", place);
        }

        foreach ((string prefix, string indicator) in indicators)
        {
            builder.Add(prefix, indicator, place);
        }
    }

    /// <summary>The reports that an event names.</summary>
    private static List<string> Links(JsonElement item) =>
        [.. JsonKind.Items(item, "Attribute").Where(attribute => JsonKind.Text(attribute, "type") == "link" && !JsonKind.IsTrue(attribute, "deleted"))
            .Select(attribute => JsonKind.Text(attribute, "value")).Where(url => url.Length > 0).Take(MaxReferences)];
}
