using System.Text.RegularExpressions;

namespace Vittne.Trails;

/// <summary>
/// A user's own rules for how urgent events are, in place of <see cref="SeverityRules"/>: either lines <c>LEVEL FIELD REGEX</c>, of which the first
/// that applies decides, or one expression with groups named <c>low</c>, <c>medium</c> and <c>high</c>. What no rule names is medium. For one thread.
/// </summary>
public sealed class SeverityTable
{
    // Distinct pairs of info and reference whose answer is kept.
    private const int MaxKept = 50_000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Dictionary<(string Info, string Reference), Severity> _kept = [];
    private readonly List<Rule> _rules = [];

    private SeverityTable()
    {
    }

    private enum Field
    {
        Any,
        Info,
        Reference,
    }

    /// <summary>
    /// Reads rules: a line <c>low|medium|high</c>, blank, <c>info|reference|any</c>, blank, a regular expression that is searched in that field, letter
    /// case aside (<c>any</c>: info, blank, reference). Blank lines and lines with <c>#</c> at their front do not count.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="table">The rules; null when a line is wrong.</param>
    /// <returns>What is wrong, with the number of its line; null when nothing is.</returns>
    public static string? Parse(IReadOnlyList<string> lines, out SeverityTable? table)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var read = new SeverityTable();
        table = null;
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] parts = line.Split((char[])[' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length < 3 || !IsName(parts[0], out Severity severity) || !IsName(parts[1], out Field field))
            {
                return $"line {i + 1} is no rule; write: low|medium|high info|reference|any REGEX";
            }

            if (!TryCompile(parts[2], out Regex? regex, out string? problem))
            {
                return $"line {i + 1}: {problem}";
            }

            read._rules.Add(new Rule(severity, field, regex!, ""));
        }

        if (read._rules.Count == 0)
        {
            return "it holds no rule";
        }

        table = read;
        return null;
    }

    /// <summary>Takes Maltrail's expression: the group that matches in info, blank, reference is the severity; low is asked first, high last.</summary>
    /// <param name="expression">An expression with groups <c>low</c>, <c>medium</c>, <c>high</c>, written <c>(?P&lt;low&gt;…)</c> or <c>(?&lt;low&gt;…)</c>.</param>
    /// <param name="table">The rules; null when the expression is wrong.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FromGroups(string expression, out SeverityTable? table)
    {
        ArgumentNullException.ThrowIfNull(expression);
        table = null;
        if (!TryCompile(expression.Replace("(?P<", "(?<", StringComparison.Ordinal), out Regex? regex, out string? problem))
        {
            return problem;
        }

        var read = new SeverityTable();
        foreach (Severity severity in (ReadOnlySpan<Severity>)[Severity.Low, Severity.Medium, Severity.High])
        {
            string group = severity.ToString().ToLowerInvariant();
            if (Array.IndexOf(regex!.GetGroupNames(), group) >= 0)
            {
                read._rules.Add(new Rule(severity, Field.Any, regex, group));
            }
        }

        if (read._rules.Count == 0)
        {
            return "it has no group low, medium or high";
        }

        table = read;
        return null;
    }

    /// <summary>How urgent an event is.</summary>
    /// <param name="info">What it stands for.</param>
    /// <param name="reference">Who says so.</param>
    public Severity Of(string info, string reference)
    {
        if (_kept.TryGetValue((info, reference), out Severity severity))
        {
            return severity;
        }

        severity = Decide(info, reference);
        if (_kept.Count < MaxKept)
        {
            _kept.Add((info, reference), severity);
        }

        return severity;
    }

    private static bool IsName<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && char.IsAsciiLetter(text[0]);

    private static bool TryCompile(string expression, out Regex? regex, out string? problem)
    {
        try
        {
            regex = new Regex(expression, Options);
            problem = null;
            return true;
        }
        catch (ArgumentException e)
        {
            regex = null;
            problem = e.Message;
            return false;
        }
    }

    private Severity Decide(string info, string reference)
    {
        string both = $"{info} {reference}";
        foreach (Rule rule in _rules)
        {
            Match match = rule.Regex.Match(rule.Field switch
            {
                Field.Info => info,
                Field.Reference => reference,
                _ => both,
            });
            if (match.Success && (rule.Group.Length == 0 || match.Groups[rule.Group] is { Success: true, Length: > 0 }))
            {
                return rule.Severity;
            }
        }

        return Severity.Medium;
    }

    private sealed record Rule(Severity Severity, Field Field, Regex Regex, string Group);
}
