using System.Globalization;

namespace Vittne.Engine.Flows.Reading;

/// <summary>What came of reading one file of records.</summary>
public sealed class FlowReadSummary
{
    private const int Named = 3;

    private readonly List<string> _problems = [];

    /// <summary>Records told.</summary>
    public long Records { get; internal set; }

    /// <summary>Lines or messages that could not be read.</summary>
    public long Broken { get; private set; }

    /// <summary>The first of them, in words.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Counts what could not be read.</summary>
    /// <param name="place">Where: <c>line 3</c>.</param>
    /// <param name="problem">What is wrong with it.</param>
    internal void Add(string place, string problem)
    {
        Broken++;
        if (_problems.Count < Named)
        {
            _problems.Add($"{place}: {problem}");
        }
    }

    /// <summary>The words for the user; null when everything was read.</summary>
    public string? Note(string path) => Broken == 0 ? null : string.Create(
        CultureInfo.InvariantCulture, $"{path}: {Broken} line{(Broken == 1 ? "" : "s")} could not be read ({string.Join("; ", _problems)}{(Broken > Named ? "; …" : "")}); all others were");
}
