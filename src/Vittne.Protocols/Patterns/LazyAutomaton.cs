using System.Runtime.InteropServices;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// Tells whether any pattern matches anywhere in a text, one table look-up a byte. States are made when a text first needs them and thrown
/// away together when they fill their memory, so that time is linear and memory bounded for any text.
/// </summary>
internal sealed class LazyAutomaton
{
    private readonly PatternProgram _program;
    private readonly FreshStartTable _starts;
    private readonly int _stride;
    private readonly Lock _gate = new();
    private readonly List<int> _targets = [];
    private ClosureWalk? _walk;
    private AutomatonCache _cache;

    public LazyAutomaton(PatternProgram program, FreshStartTable starts)
    {
        _program = program;
        _starts = starts;
        _stride = program.ClassCount + 2;
        _cache = new AutomatonCache(_stride);
    }

    /// <summary>True when a pattern matches. Safe from several threads; takes a lock only where a state is new.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        AutomatonCache cache = Volatile.Read(ref _cache);
        int state = cache.Initial;
        bool hasFinalNewline = text is [.., (byte)'\n'];
        if (hasFinalNewline)
        {
            text = text[..^1];
        }

        int[] transitions = cache.Transitions;
        ReadOnlySpan<byte> classes = _program.Classes;
        foreach (byte value in text)
        {
            int byteClass = classes[value];
            int next = transitions[state + byteClass];
            if (next <= 0)
            {
                next = next == AutomatonCache.Unknown ? Advance(ref cache, state, byteClass) : next;
                if (next < 0)
                {
                    return true;
                }

                transitions = cache.Transitions;
            }

            state = next;
        }

        if (hasFinalNewline)
        {
            state = Next(ref cache, state, _program.FinalNewlineClass);
        }

        return state < 0 || Next(ref cache, state, _program.EndClass) == AutomatonCache.Match;
    }

    private int Next(ref AutomatonCache cache, int state, int byteClass)
    {
        int next = cache.Transitions[state + byteClass];
        return next == AutomatonCache.Unknown ? Advance(ref cache, state, byteClass) : next;
    }

    /// <summary>Makes the transition of a state; the cache is exchanged for a new one when it is full.</summary>
    private int Advance(ref AutomatonCache cache, int state, int byteClass)
    {
        lock (_gate)
        {
            // Another thread may have made it meanwhile, or in a table that has grown since this one read it.
            int known = cache.Transitions[state + byteClass];
            if (known != AutomatonCache.Unknown)
            {
                return known;
            }

            BeforePosition before = cache.BeforeOf(state);
            bool hasMatched = CollectTargets(cache.MembersOf(state), before, byteClass);
            if (hasMatched || byteClass == _program.EndClass)
            {
                int end = hasMatched ? AutomatonCache.Match : AutomatonCache.NoMatch;
                cache.Set(state, byteClass, end);
                return end;
            }

            ReadOnlySpan<int> members = SortedTargets();
            BeforePosition after = _program.KindAfter(byteClass);
            int next = cache.FindOrAdd(members, after);
            if (next > 0)
            {
                cache.Set(state, byteClass, next);
                return next;
            }

            // Another thread may have exchanged it already: then that one is gone on with.
            cache = ReferenceEquals(cache, _cache) || _cache.IsFull ? new AutomatonCache(_stride) : _cache;
            Volatile.Write(ref _cache, cache);
            return cache.FindOrAdd(members, after);
        }
    }

    /// <summary>
    /// Collects where the patterns under way and those beginning here go on after the byte; true when one has matched before it.
    /// </summary>
    private bool CollectTargets(ReadOnlySpan<int> members, BeforePosition before, int byteClass)
    {
        ClosureWalk walk = _walk ??= new ClosureWalk(_program);
        AfterPosition after = _program.KindBefore(byteClass);
        _targets.Clear();
        walk.BeginPosition();
        foreach (int member in members)
        {
            if (walk.Reaches(member, before, after, out _))
            {
                return true;
            }

            foreach (int leaf in walk.Leaves)
            {
                if (_program.Takes(leaf, byteClass))
                {
                    _targets.Add(leaf + 1);
                }
            }
        }

        FreshStart start = _starts.Get(before, byteClass, walk);
        _targets.AddRange(start.Targets);
        return start.Pattern >= 0;
    }

    /// <summary>The targets in ascending order without repetition: equal sets must be equal sequences.</summary>
    private ReadOnlySpan<int> SortedTargets()
    {
        Span<int> targets = CollectionsMarshal.AsSpan(_targets);
        targets.Sort();
        int count = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (i == 0 || targets[i] != targets[i - 1])
            {
                targets[count] = targets[i];
                count++;
            }
        }

        return targets[..count];
    }
}
