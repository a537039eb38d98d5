namespace Vittne.Capture.Filters.Compile;

/// <summary>The words that arithmetic wrote to, with what; always true. Which of them matter is known at the end of the text.</summary>
internal sealed class OverwriteCondition : Condition
{
    private readonly Dictionary<int, int> _written = [];

    /// <summary>Variables that are overwritten.</summary>
    public List<SetCondition> Sets { get; } = [];

    /// <summary>A value was written to a word.</summary>
    public void Write(int word, int value) => _written[word] = value;

    /// <summary>A variable is in a word.</summary>
    public void Place(int variable, int word)
    {
        if (_written.TryGetValue(word, out int value))
        {
            Sets.Add(new SetCondition(variable, value));
        }
    }
}
