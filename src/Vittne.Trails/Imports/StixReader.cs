using System.Globalization;
using System.Text.Json;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>
/// Reads the indicators of a STIX 2.1 bundle, or of a page of a TAXII collection. Objects are read one at a time, so that memory does not
/// grow with the bundle. What a pattern says that no trail can is counted with the id of its indicator.
/// </summary>
internal static class StixReader
{
    private const int HighConfidence = 70;
    private const int MediumConfidence = 30;
    private const int MaxReferences = 16;

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="InvalidDataException">The text is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var reader = new Utf8JsonReader(JsonKind.WithoutMark(text), new JsonReaderOptions { MaxDepth = JsonKind.MaxDepth });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isObjects = reader.ValueTextEquals("objects"u8);
                reader.Read();
                if (!isObjects || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    using JsonDocument document = JsonDocument.ParseValue(ref reader);
                    builder.List.LineCount++;
                    ReadObject(document.RootElement, builder);
                }
            }

            if (builder.List.LineCount == 0)
            {
                // An indicator that stands alone, as servers give it by id.
                using JsonDocument document = JsonDocument.Parse(JsonKind.WithoutMark(text).ToArray(), new JsonDocumentOptions { MaxDepth = JsonKind.MaxDepth });
                builder.List.LineCount = 1;
                ReadObject(document.RootElement, builder);
            }
        }
        catch (JsonException e)
        {
            throw JsonKind.Broken(e);
        }
    }

    private static void ReadObject(JsonElement item, ListBuilder builder)
    {
        if (JsonKind.Text(item, "type") != "indicator")
        {
            return;
        }

        builder.List.ContentLines++;
        var place = new ObjectPlace(builder.List.LineCount, JsonKind.Text(item, "id"), Meta(item, builder));
        string pattern = JsonKind.Text(item, "pattern");
        string language = JsonKind.Text(item, "pattern_type");
        if (!IsInForce(item, builder.Options.Now()))
        {
            builder.AddFault(LineFault.NotInForce, pattern, place);
            return;
        }

        if (language.Length > 0 && language != "stix")
        {
            builder.AddFault(LineFault.Unsupported, $"({language}) {pattern}", place);
            return;
        }

        if (!StixPattern.TryParse(pattern, out List<StixTest[]> alternatives, out bool isTemporal))
        {
            builder.AddFault(LineFault.BadPattern, pattern, place);
            return;
        }

        if (isTemporal)
        {
            builder.AddFault(LineFault.Unsupported, pattern, place);
            return;
        }

        builder.OnObject(References(item));
        foreach (StixTest[] tests in alternatives)
        {
            if (StixTrail.TryMake(tests, out string prefix, out string value))
            {
                builder.Add(prefix, value, place);
            }
            else
            {
                builder.AddFault(LineFault.Unsupported, string.Join(" AND ", tests.Select(test => $"{test.Path} {test.Value}")), place);
            }
        }
    }

    private static bool IsInForce(JsonElement item, DateTimeOffset now)
    {
        bool isOpen = !TryTime(item, "valid_until", out DateTimeOffset until) || until > now;
        bool hasBegun = !TryTime(item, "valid_from", out DateTimeOffset from) || from <= now;
        return isOpen && hasBegun && !JsonKind.IsTrue(item, "revoked");
    }

    private static bool TryTime(JsonElement item, string name, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(JsonKind.Text(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>
    /// The name of the indicator, else its labels. Severity follows from confidence: without one or from 70 on the list is as good as a
    /// user's own, below the words decide, and below 30 it is low (STIX 2.1 appendix A).
    /// </summary>
    private static int Meta(JsonElement item, ListBuilder builder)
    {
        string name = JsonKind.Text(item, "name");
        string labels = string.Join(", ", JsonKind.Items(item, "labels").Concat(JsonKind.Items(item, "indicator_types"))
            .Where(label => label.ValueKind == JsonValueKind.String).Select(label => label.GetString()));
        string info = builder.Options.Info ?? (name.Length > 0 ? name : labels.Length > 0 ? labels : builder.DefaultInfo());
        string source = JsonKind.Items(item, "external_references").Select(reference => JsonKind.Text(reference, "source_name")).FirstOrDefault(text => text.Length > 0) ?? "stix";
        int confidence = item.TryGetProperty("confidence", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : HighConfidence;
        string reference = confidence >= HighConfidence && !source.EndsWith("(custom)", StringComparison.Ordinal) ? source + " (custom)" : source;
        return builder.Meta(confidence < MediumConfidence ? info + " (low confidence)" : info, reference, TrailCategory.Custom);
    }

    private static List<string> References(JsonElement item) =>
        [.. JsonKind.Items(item, "external_references").Select(reference => JsonKind.Text(reference, "url")).Where(url => url.Length > 0).Take(MaxReferences)];
}
