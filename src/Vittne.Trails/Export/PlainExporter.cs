namespace Vittne.Trails.Export;

/// <summary>One indicator a line.</summary>
internal sealed class PlainExporter(TextWriter output) : ITrailExporter
{
    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        // What begins a comment cannot be quoted in this format.
        string text = TypedText.Of(trail);
        if (text.Contains('#', StringComparison.Ordinal) || text.Contains(" ;", StringComparison.Ordinal) || text.Contains(" //", StringComparison.Ordinal) || text[0] == ';' || text.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        output.Write(text);
        output.Write('\n');
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
