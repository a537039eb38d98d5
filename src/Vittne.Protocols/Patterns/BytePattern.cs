using System.Diagnostics.CodeAnalysis;
using System.Text;
using Vittne.Protocols.Patterns.Backtracking;
using Vittne.Protocols.Patterns.Perl;
using Vittne.Protocols.Patterns.Prefilter;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// A regular expression on bytes in the syntax of PCRE2. Texts that lack what each match must have are passed over at the speed of memory; the
/// rest is searched in linear time, apart from patterns with back-references, look-around, atomic or possessive parts: their search follows
/// one possibility after the other, with a limit on its steps. Safe from several threads.
/// </summary>
public sealed class BytePattern
{
    private readonly FactorScan? _scan;
    private readonly bool _isFound;
    private readonly bool _isPlaced;
    private readonly int _length;
    private readonly LazyAutomaton? _automaton;
    private readonly PrioritySearch? _search;
    private readonly BacktrackSearch? _backtracking;

    private BytePattern(PatternNode root, PatternProgram? program, BacktrackSearch? backtracking)
    {
        Literal = Factors.Of(root) is { IsWhole: true, Sequences: [SetSequence only] } ? only.ToLiteral() : null;
        if (Factors.Of(root) is { } factors)
        {
            _scan = FactorScan.For(factors.Sequences);
            _isFound = factors.IsWhole;
            _isPlaced = factors is { IsWhole: true, Sequences.Length: 1 };
            _length = factors.Sequences[0].Length;
        }

        if (program is not null)
        {
            FreshStartTable starts = new(program);
            _automaton = new LazyAutomaton(program, starts);
            _search = new PrioritySearch(program, starts);
        }

        _backtracking = backtracking;
        MaxLength = root.NeedsBacktracking ? int.MaxValue : root.MaxWidth;
        IsAnchored = root.IsAnchored;
    }

    /// <summary>Most bytes of a match; <see cref="int.MaxValue"/> when there is no limit.</summary>
    public int MaxLength { get; }

    /// <summary>True when a match can begin at the start of the text only.</summary>
    public bool IsAnchored { get; }

    /// <summary>The bytes that are the only match there can be; null when there are others or none.</summary>
    public byte[]? Literal { get; }

    /// <summary>Searches that were given up at the limit of their steps and counted as without a match.</summary>
    public long StepLimits => _backtracking?.Limits ?? 0;

    /// <summary>Reads a pattern; characters beyond ASCII stand for the bytes of their UTF-8 form.</summary>
    public static bool TryParse(string pattern, BytePatternOptions options, [NotNullWhen(true)] out BytePattern? compiled, [NotNullWhen(false)] out BytePatternError? error) =>
        TryParse(Encoding.UTF8.GetBytes(pattern), options, out compiled, out error);

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; each byte stands for itself or has its meaning in PCRE2.</param>
    /// <param name="options">What is switched on from the start.</param>
    /// <param name="compiled">The pattern; null after an error.</param>
    /// <param name="error">What is wrong, and where; null when nothing is.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> pattern, BytePatternOptions options, [NotNullWhen(true)] out BytePattern? compiled, [NotNullWhen(false)] out BytePatternError? error)
    {
        compiled = null;
        PerlParser parser = PerlParser.Parse(Encoding.Latin1.GetString(pattern), options.Switches);
        if (parser.Problem is { } problem)
        {
            error = new BytePatternError(parser.ProblemAt + 1, problem);
            return false;
        }

        PatternNode root = options.IsWideToo ? PatternNode.OfAlternation([parser.Root, parser.Root.Widen()]) : parser.Root;
        compiled = Compile(root, parser.Captures);
        error = compiled is null ? new BytePatternError(1, "the repeats of the pattern are too large") : null;
        return compiled is not null;
    }

    /// <summary>A pattern that matches these bytes and nothing else.</summary>
    public static BytePattern OfLiteral(ReadOnlySpan<byte> literal)
    {
        List<PatternNode> parts = [];
        foreach (byte value in literal)
        {
            parts.Add(PatternNode.OfSet(default(ByteSet).With(value)));
        }

        return Compile(PatternNode.OfSequence(parts), captures: 0) ?? throw new ArgumentException("longer than any packet", nameof(literal));
    }

    /// <summary>True when the text has a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (_scan is not null)
        {
            bool mayMatch = _scan.IndexOf(text) >= 0;
            if (!mayMatch || _isFound)
            {
                return mayMatch;
            }
        }

        return _automaton?.Matches(text) ?? _backtracking!.TryFind(text, out _, out _);
    }

    /// <summary>Finds the leftmost match, with the length that the preferences of the pattern give it.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="start">First byte of the match.</param>
    /// <param name="length">Bytes of the match; 0 when it is empty.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out int start, out int length)
    {
        (start, length) = (0, 0);
        int found = _scan?.IndexOf(text) ?? 0;
        if (found < 0)
        {
            return false;
        }

        if (_isPlaced)
        {
            (start, length) = (found, _length);
            return true;
        }

        return _backtracking is not null
            ? _backtracking.TryFind(text, out start, out length)
            : (_isFound || _automaton!.Matches(text)) && _search!.TryFind(text, out _, out start, out length);
    }

    private static BytePattern? Compile(PatternNode root, int captures)
    {
        if (root.NeedsBacktracking)
        {
            return BacktrackCompiler.TryCompile(root, captures) is { } backtracking ? new BytePattern(root, null, backtracking) : null;
        }

        PatternCompiler compiler = new();
        return compiler.TryAdd(root, 0) ? new BytePattern(root, compiler.ToProgram(), null) : null;
    }
}
