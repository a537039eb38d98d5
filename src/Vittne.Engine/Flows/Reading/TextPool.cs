namespace Vittne.Engine.Flows.Reading;

/// <summary>One string for equal short texts: states and services repeat in every record, and records are kept by those who sort them.</summary>
internal sealed class TextPool
{
    private const int MaxTexts = 8_192;
    private const int MaxLength = 32;

    private readonly HashSet<string> _texts;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextPool()
    {
        _texts = new HashSet<string>(StringComparer.Ordinal);
        _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The string of a text.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return text.ToString();
        }

        if (_lookup.TryGetValue(text, out string? known))
        {
            return known;
        }

        string made = text.ToString();
        if (_texts.Count < MaxTexts)
        {
            _texts.Add(made);
        }

        return made;
    }
}
