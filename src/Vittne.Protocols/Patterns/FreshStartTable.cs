namespace Vittne.Protocols.Patterns;

/// <summary>
/// The <see cref="FreshStart"/> of each kind of position, made at first use. With a thousand patterns almost none begins with a given
/// byte, so that the few that do are looked up here instead of being tried at every position.
/// </summary>
internal sealed class FreshStartTable
{
    private const int BeforeKinds = 4;

    private readonly PatternProgram _program;
    private readonly FreshStart?[] _entries;
    private readonly int _stride;

    public FreshStartTable(PatternProgram program)
    {
        _program = program;
        _stride = program.ClassCount + 2;
        _entries = new FreshStart?[BeforeKinds * _stride];
    }

    /// <summary>The entry for a position; safe from several threads (two may make the same entry, either is right).</summary>
    public FreshStart Get(BeforePosition before, int byteClass, ClosureWalk walk)
    {
        int index = ((int)before * _stride) + byteClass;
        FreshStart? entry = Volatile.Read(ref _entries[index]);
        if (entry is null)
        {
            entry = Make(before, byteClass, walk);
            Volatile.Write(ref _entries[index], entry);
        }

        return entry;
    }

    private FreshStart Make(BeforePosition before, int byteClass, ClosureWalk walk)
    {
        AfterPosition after = _program.KindBefore(byteClass);
        List<int> targets = [];
        walk.BeginPosition();
        foreach (int start in _program.Starts)
        {
            bool hasMatched = walk.Reaches(start, before, after, out int pattern);
            foreach (int leaf in walk.Leaves)
            {
                if (_program.Takes(leaf, byteClass))
                {
                    targets.Add(leaf + 1);
                }
            }

            if (hasMatched)
            {
                return new FreshStart([.. targets], pattern);
            }
        }

        return new FreshStart([.. targets], -1);
    }
}
