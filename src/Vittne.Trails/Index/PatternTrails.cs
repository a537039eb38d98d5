using System.Text;
using Vittne.Protocols.Patterns;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Index;

/// <summary>Patterns of one kind in an index, compiled into one automaton. In the order of the lists, which decides between equal matches.</summary>
internal sealed class PatternTrails
{
    private readonly int[] _trails;
    private readonly PatternSet _patterns;

    private PatternTrails(int[] trails, PatternSet patterns, IReadOnlyList<string> problems)
    {
        _trails = trails;
        _patterns = patterns;
        Problems = problems;
    }

    /// <summary>Patterns that cannot be searched for, in words.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Compiles the patterns of a kind.</summary>
    public static PatternTrails Compile(KeyTable table, TrailRows rows, TrailKind kind)
    {
        var found = new List<(uint Line, int Trail, string Text)>();
        for (int i = 0; i < table.Count; i++)
        {
            int trail = table.FirstNumber + i;
            ReadOnlySpan<byte> key = table.Key(trail);
            if (key.Length > 1 && key[0] == (byte)kind)
            {
                uint[] lines = rows.Parts(trail).Lines;
                found.Add((lines.Length == 0 ? 0 : lines[0], trail, Encoding.UTF8.GetString(key[1..])));
            }
        }

        found.Sort();
        string[] texts = [.. found.Select(pattern => pattern.Text)];
        PatternSet patterns = kind == TrailKind.UserAgent
            ? UserAgentPatterns.Compile(texts, out IReadOnlyList<PatternError> errors)
            : PatternSet.Compile(texts, ignoreCase: true, out errors);
        return new PatternTrails([.. found.Select(pattern => pattern.Trail)], patterns, [.. errors.Select(error => $"pattern {found[error.Index].Text} is not searched for: {error.Message}")]);
    }

    /// <summary>The leftmost match.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int trail, out int start, out int length)
    {
        trail = -1;
        if (!_patterns.TryFind(text, out int pattern, out start, out length))
        {
            return false;
        }

        trail = _trails[pattern];
        return true;
    }
}
