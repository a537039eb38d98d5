namespace Vittne.Protocols.Patterns;

/// <summary>
/// Many regular expressions searched for at once in bytes, in linear time for any text. The syntax is that of Python's <c>re</c> on bytes:
/// <c>\d \w \s</c> and case are ASCII, the dot is one byte, a character beyond ASCII is its UTF-8 form. A search gives what
/// <c>re.search</c> gives for all patterns joined by <c>|</c>. Safe from several threads.
/// </summary>
public sealed class PatternSet
{
    private readonly LazyAutomaton _automaton;
    private readonly PrioritySearch _search;
    private readonly RecentMatches _recent = new();

    private PatternSet(PatternProgram program)
    {
        FreshStartTable starts = new(program);
        Count = program.Starts.Length;
        StateCount = program.Length;
        _automaton = new LazyAutomaton(program, starts);
        _search = new PrioritySearch(program, starts);
    }

    /// <summary>How many of the patterns are searched for: those given less the errors.</summary>
    public int Count { get; }

    /// <summary>States of the automaton of all patterns, at most 100,000.</summary>
    public int StateCount { get; }

    /// <summary>
    /// Compiles patterns. Those that cannot be are left out and named; the numbers of the others stay their positions in the list.
    /// </summary>
    /// <param name="patterns">The patterns in order of preference.</param>
    /// <param name="ignoreCase">True when ASCII letters match both cases.</param>
    /// <param name="errors">The patterns left out, in order.</param>
    public static PatternSet Compile(IReadOnlyList<string> patterns, bool ignoreCase, out IReadOnlyList<PatternError> errors)
    {
        List<PatternError> refused = [];
        PatternCompiler compiler = new();
        for (int i = 0; i < patterns.Count; i++)
        {
            PatternParser parser = PatternParser.Parse(patterns[i], ignoreCase);
            if (parser.Malformed is string malformed)
            {
                refused.Add(new PatternError(i, patterns[i], PatternErrorKind.Malformed, malformed));
            }
            else if (parser.Unsupported is string unsupported)
            {
                refused.Add(new PatternError(i, patterns[i], PatternErrorKind.Unsupported, unsupported));
            }
            else
            {
                Add(compiler, parser.Root, i, patterns[i], refused);
            }
        }

        errors = refused;
        return new PatternSet(compiler.ToProgram());
    }

    /// <summary>
    /// Compiles patterns of which none is refused for what it says: one that is meant literally, or cannot be searched for as a pattern, stands
    /// for its own text.
    /// </summary>
    /// <param name="patterns">The patterns in order of preference.</param>
    /// <param name="ignoreCase">True when ASCII letters match both cases.</param>
    /// <param name="isLiteral">Tells which of them are meant literally.</param>
    /// <param name="errors">Only those that do not fit: there are no others.</param>
    public static PatternSet CompileOrTakeLiterally(
        IReadOnlyList<string> patterns, bool ignoreCase, Predicate<string> isLiteral, out IReadOnlyList<PatternError> errors)
    {
        List<PatternError> refused = [];
        PatternCompiler compiler = new();
        for (int i = 0; i < patterns.Count; i++)
        {
            PatternParser? parser = isLiteral(patterns[i]) ? null : PatternParser.Parse(patterns[i], ignoreCase);
            bool isPattern = parser is { Malformed: null, Unsupported: null };
            Add(compiler, isPattern ? parser!.Root : PatternParser.Literal(patterns[i], ignoreCase), i, patterns[i], refused);
        }

        errors = refused;
        return new PatternSet(compiler.ToProgram());
    }

    /// <summary>
    /// Finds the leftmost match; of several at that start the one of the first pattern in order, with the length that its greedy and lazy
    /// parts give it. Loops whose body may be empty, within loops, may end a turn earlier or later than Python's: it gives up a loop at the
    /// first empty turn.
    /// </summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="pattern">Position of the pattern in the list compiled; -1 when nothing matches.</param>
    /// <param name="start">First byte of the match.</param>
    /// <param name="length">Bytes of the match, 0 when it is empty.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out int pattern, out int start, out int length)
    {
        if (!_automaton.Matches(text))
        {
            (pattern, start, length) = (-1, 0, 0);
            return false;
        }

        if (!_recent.TryGet(text, out pattern, out start, out length))
        {
            _search.TryFind(text, out pattern, out start, out length);
            _recent.Keep(text, pattern, start, length);
        }

        return true;
    }

    /// <summary>
    /// True when a trail is meant as a pattern: it holds <c>]</c> or <c>.</c> with <c>*</c> or <c>+</c> after it, or brackets around one
    /// or more ASCII letters, digits, <c>_</c>, <c>.</c> and <c>-</c>. An IPv6 address in brackets has a colon and is none.
    /// </summary>
    public static bool LooksLikePattern(string trail)
    {
        int open = -1;
        for (int i = 0; i < trail.Length; i++)
        {
            char value = trail[i];
            if (value is '*' or '+' && i > 0 && trail[i - 1] is ']' or '.')
            {
                return true;
            }

            if (value == '[')
            {
                open = i;
            }
            else if (value == ']' && open >= 0 && i > open + 1)
            {
                return true;
            }
            else if (!char.IsAsciiLetterOrDigit(value) && value is not ('_' or '.' or '-'))
            {
                open = -1;
            }
        }

        return false;
    }

    /// <summary>
    /// True when Python 3.11 compiles the pattern. That it can be searched for is another matter: look-around and back-references are
    /// valid, and refused by Compile.
    /// </summary>
    public static bool IsValid(string pattern) => PatternParser.Parse(pattern, ignoreCase: false).Malformed is null;

    private static void Add(PatternCompiler compiler, PatternNode root, int index, string pattern, List<PatternError> refused)
    {
        if (!compiler.TryAdd(root, index))
        {
            refused.Add(new PatternError(index, pattern, PatternErrorKind.TooLarge, "needs more states than are left for all patterns"));
        }
    }
}
