namespace Vittne.Engine.Info.Deep;

/// <summary>What a look into the packets of a capture has found.</summary>
public sealed class DeepReport
{
    private readonly List<DeepAnswer> _answers = [];
    private readonly List<DeepTable> _tables = [];

    /// <summary>The answers, in a fixed order.</summary>
    public IReadOnlyList<DeepAnswer> Answers => _answers;

    /// <summary>The counts, in a fixed order.</summary>
    public IReadOnlyList<DeepTable> Tables => _tables;

    /// <summary>Adds an answer.</summary>
    internal void Answer(string question, string answer, Confidence confidence, params ReadOnlySpan<(string Name, object? Value)> evidence)
    {
        var facts = new List<DeepFact>(evidence.Length);
        foreach ((string name, object? value) in evidence)
        {
            facts.Add(new DeepFact(name, value));
        }

        _answers.Add(new DeepAnswer(question, answer, confidence, facts));
    }

    /// <summary>Adds a table.</summary>
    internal void Table(string name, string[] columns, IEnumerable<object?[]> rows) => _tables.Add(new DeepTable(name, columns, [.. rows]));
}
