namespace Vittne.Protocols.Patterns;

/// <summary>
/// Finds the match that a backtracking search would: leftmost, then the first pattern in order, then that pattern's own preferences. All
/// possibilities are carried along at once, the preferred ones first, so that time is linear (Thompson 1968, with Pike's priorities).
/// </summary>
internal sealed class PrioritySearch
{
    private readonly PatternProgram _program;
    private readonly FreshStartTable _starts;

    /// <summary>The memory of the last search, for the next one.</summary>
    private Threads? _spare;

    public PrioritySearch(PatternProgram program, FreshStartTable starts)
    {
        _program = program;
        _starts = starts;
    }

    /// <summary>The most possibilities that were carried along at once so far.</summary>
    public int MostThreads { get; private set; }

    /// <summary>The match in the text; false when there is none. Safe from several threads.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int pattern, out int start, out int length)
    {
        Threads threads = Interlocked.Exchange(ref _spare, null) ?? new Threads(_program);
        bool isFound = Run(threads, text, out pattern, out start, out length);
        Volatile.Write(ref _spare, threads);
        return isFound;
    }

    private bool Run(Threads threads, ReadOnlySpan<byte> text, out int pattern, out int start, out int length)
    {
        (pattern, start, length) = (-1, 0, 0);
        BeforePosition before = BeforePosition.Start;
        threads.Current.Clear();
        for (int at = 0; at <= text.Length; at++)
        {
            int byteClass = ClassAt(text, at);
            threads.Next.Clear();
            if (Step(threads, before, byteClass, out int found, out int foundStart))
            {
                (pattern, start, length) = (found, foundStart, at - foundStart);
            }
            else if (pattern < 0)
            {
                FreshStart fresh = _starts.Get(before, byteClass, threads.Walk);
                foreach (int target in fresh.Targets)
                {
                    threads.Next.Add((target, at));
                }

                if (fresh.Pattern >= 0)
                {
                    (pattern, start, length) = (fresh.Pattern, at, 0);
                }
            }

            if (pattern >= 0 && threads.Next.Count == 0)
            {
                break;
            }

            MostThreads = Math.Max(MostThreads, threads.Next.Count);
            (threads.Current, threads.Next) = (threads.Next, threads.Current);
            before = _program.KindAfter(byteClass);
        }

        return pattern >= 0;
    }

    /// <summary>Moves every thread over one byte. True when one matches before it: the less preferred ones are given up.</summary>
    private bool Step(Threads threads, BeforePosition before, int byteClass, out int pattern, out int start)
    {
        AfterPosition after = _program.KindBefore(byteClass);
        ClosureWalk walk = threads.Walk;
        walk.BeginPosition();
        foreach ((int at, int from) in threads.Current)
        {
            if (walk.TryVisitLeaf(at))
            {
                if (_program.Takes(at, byteClass))
                {
                    threads.Next.Add((at + 1, from));
                }

                continue;
            }

            bool hasMatched = walk.Reaches(at, before, after, out pattern);
            foreach (int leaf in walk.Leaves)
            {
                if (_program.Takes(leaf, byteClass))
                {
                    threads.Next.Add((leaf + 1, from));
                }
            }

            if (hasMatched)
            {
                start = from;
                return true;
            }
        }

        (pattern, start) = (-1, 0);
        return false;
    }

    private int ClassAt(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return _program.EndClass;
        }

        bool isFinalNewline = text[at] == '\n' && at == text.Length - 1;
        return isFinalNewline ? _program.FinalNewlineClass : _program.Classes[text[at]];
    }

    /// <summary>The possibilities at a position and at the next one, most preferred first, each with the start of its match.</summary>
    private sealed class Threads(PatternProgram program)
    {
        public ClosureWalk Walk { get; } = new(program);

        public List<(int At, int Start)> Current { get; set; } = [];

        public List<(int At, int Start)> Next { get; set; } = [];
    }
}
