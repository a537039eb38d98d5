using Vittne.Trails.Lists;

namespace Vittne.Trails;

/// <summary>What a build read, and what it could not.</summary>
public sealed class TrailBuildReport
{
    private readonly List<string> _problems = [];
    private readonly List<BrokenLine> _broken = [];

    /// <summary>Files that could not be read, in words; each makes a build end with status 1.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The first ten lines of each list that are broken or that no trail can express.</summary>
    public IReadOnlyList<BrokenLine> Broken => _broken;

    /// <summary>Lists read.</summary>
    public long Lists { get; private set; }

    /// <summary>Lines with an indicator, rule or range.</summary>
    public long ContentLines { get; private set; }

    /// <summary>Indicators read, doubles included.</summary>
    public long Indicators { get; private set; }

    /// <summary>Lines that could not be used.</summary>
    public long BrokenLines { get; private set; }

    internal void AddProblem(string problem) => _problems.Add(problem);

    internal void Add(ParsedList list)
    {
        Lists++;
        ContentLines += list.ContentLines;
        Indicators += list.EntryCount;
        _broken.AddRange(list.Broken);
        for (int fault = 1; fault < list.Faults.Length; fault++)
        {
            BrokenLines += LineFaultWords.IsBroken((LineFault)fault) ? list.Faults[fault] : 0;
        }
    }
}
