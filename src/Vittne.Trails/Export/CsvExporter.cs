namespace Vittne.Trails.Export;

/// <summary>Maltrail's <c>trails.csv</c>.</summary>
internal sealed class CsvExporter(TextWriter output) : ITrailExporter
{
    /// <summary>A field with the quoting of RFC 4180 section 2; line ends, which would end the row, become blanks.</summary>
    public static string Field(string text)
    {
        string flat = text.ReplaceLineEndings(" ");
        return flat.AsSpan().IndexOfAny(',', '"') < 0 ? flat : $"\"{flat.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        string text = TypedText.Of(trail);
        if (text[0] == '#')
        {
            return false;
        }

        output.Write($"{Field(text)},{Field(trail.Info)},{Field(trail.Reference)}\n");
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
