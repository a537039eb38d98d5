using System.Text;
using Vittne.Protocols.Patterns;

namespace Vittne.Protocols.Tests.Patterns;

public sealed class PatternSetTests
{
    [Theory]
    [InlineData("abc", "xxabcabc", 2, 3)]
    [InlineData("a|ab", "xab", 1, 1)]
    [InlineData("ab|a", "xab", 1, 2)]
    [InlineData("a*", "baa", 0, 0)]
    [InlineData("a+", "baa", 1, 2)]
    [InlineData("a+?", "baa", 1, 1)]
    [InlineData("a{2}", "aaa", 0, 2)]
    [InlineData("a{2,}", "baaaa", 1, 4)]
    [InlineData("a{1,3}?b", "aaaab", 1, 4)]
    [InlineData("a{,2}", "aaa", 0, 2)]
    [InlineData("a{x", "a{x", 0, 3)]
    [InlineData("a{}", "a{}", 0, 3)]
    [InlineData("(|a)*", "aaa", 0, 0)]
    [InlineData("(a|)*", "aaa", 0, 3)]
    [InlineData(@"\bmetis\b", "a metis b", 2, 5)]
    [InlineData(@"\bmetis\b", "a-metis", 2, 5)]
    [InlineData(@"\bmetis\b", "metis2", -1, 0)]
    [InlineData(@"e\Bt", "et", 0, 2)]
    [InlineData(@"\Aab", "ab", 0, 2)]
    [InlineData(@"\Aab", "xab", -1, 0)]
    [InlineData(@"ab\Z", "ab\n", -1, 0)]
    [InlineData("ab$", "ab\n", 0, 2)]
    [InlineData("ab$", "ab\n\n", -1, 0)]
    [InlineData("(?m)^b$", "a\nb\nc", 2, 1)]
    [InlineData("a.b", "a\nb", -1, 0)]
    [InlineData("(?s)a.b", "a\nb", 0, 3)]
    [InlineData("(?i)ABC", "xAbC", 1, 3)]
    [InlineData("a(?i:b)c", "aBc", 0, 3)]
    [InlineData("a(?i:b)c", "aBC", -1, 0)]
    [InlineData("(?i)[^a]", "Aa.", 2, 1)]
    [InlineData("[]a]+", "x]a]", 1, 3)]
    [InlineData("[^]]+", "]ab]", 1, 2)]
    [InlineData("[a-]+", "b-a-", 1, 3)]
    [InlineData(@"[\w.]+", "!a.b_1!", 1, 5)]
    [InlineData(@"\x41\.\t\101", "A.\tA", 0, 4)]
    [InlineData("(?P<name>a)(?:b)(?#note)c", "abc", 0, 3)]
    [InlineData("(?:é)+", "xééy", 1, 4)]
    [InlineData("<script src=[^\\>]*>", "a <script src=//x> b", 2, 16)]
    [InlineData("", "abc", 0, 0)]
    public void Match_is_what_a_backtracking_search_finds(string pattern, string text, int start, int length)
    {
        PatternSet set = PatternSet.Compile([pattern], ignoreCase: false, out IReadOnlyList<PatternError> errors);
        Assert.Empty(errors);
        bool isFound = set.TryFind(Encoding.UTF8.GetBytes(text), out int found, out int foundStart, out int foundLength);
        Assert.Equal(start >= 0, isFound);
        Assert.Equal((start >= 0 ? 0 : -1, Math.Max(start, 0), length), (found, foundStart, foundLength));
    }

    [Theory]
    [InlineData("xbcd", 1, 1, 2)]
    [InlineData("abcd", 0, 0, 1)]
    [InlineData("cd", 2, 0, 2)]
    [InlineData("d", -1, 0, 0)]
    public void Leftmost_match_wins_and_then_the_first_pattern(string text, int pattern, int start, int length)
    {
        PatternSet set = PatternSet.Compile(["a", "bc", "cd", "bcd"], ignoreCase: false, out _);
        set.TryFind(Encoding.ASCII.GetBytes(text), out int found, out int foundStart, out int foundLength);
        Assert.Equal((pattern, start, length), (found, foundStart, foundLength));
    }

    [Fact]
    public void Empty_set_and_empty_text_match_nothing()
    {
        PatternSet none = PatternSet.Compile([], ignoreCase: true, out _);
        Assert.Equal(0, none.Count);
        Assert.False(none.TryFind("abc"u8, out _, out _, out _));
        Assert.False(PatternSet.Compile(["a", @"\b", @"\B"], ignoreCase: true, out _).TryFind([], out _, out _, out _));
    }

    [Theory]
    [InlineData("a(?=b)", PatternErrorKind.Unsupported)]
    [InlineData("a(?<!b)", PatternErrorKind.Unsupported)]
    [InlineData(@"(a)\1", PatternErrorKind.Unsupported)]
    [InlineData("(?P<x>a)(?P=x)", PatternErrorKind.Unsupported)]
    [InlineData("a++", PatternErrorKind.Unsupported)]
    [InlineData("(?>a)", PatternErrorKind.Unsupported)]
    [InlineData("(a)?(?(1)b|c)", PatternErrorKind.Unsupported)]
    [InlineData("[é]", PatternErrorKind.Unsupported)]
    [InlineData("(?:(?:a{1000}){1000}){1000}", PatternErrorKind.TooLarge)]
    [InlineData("a{4000000000}", PatternErrorKind.TooLarge)]
    [InlineData("(a", PatternErrorKind.Malformed)]
    [InlineData("a)", PatternErrorKind.Malformed)]
    [InlineData("*a", PatternErrorKind.Malformed)]
    [InlineData("^*", PatternErrorKind.Malformed)]
    [InlineData("a**", PatternErrorKind.Malformed)]
    [InlineData("a{2,1}", PatternErrorKind.Malformed)]
    [InlineData("[z-a]", PatternErrorKind.Malformed)]
    [InlineData(@"[\d-x]", PatternErrorKind.Malformed)]
    [InlineData("[a", PatternErrorKind.Malformed)]
    [InlineData(@"a\", PatternErrorKind.Malformed)]
    [InlineData(@"\q", PatternErrorKind.Malformed)]
    [InlineData(@"\x4", PatternErrorKind.Malformed)]
    [InlineData(@"\1", PatternErrorKind.Malformed)]
    [InlineData("(?P<a>b)(?P<a>c)", PatternErrorKind.Malformed)]
    [InlineData("(?<=a*)b", PatternErrorKind.Malformed)]
    [InlineData("a(?i)", PatternErrorKind.Malformed)]
    [InlineData("(?", PatternErrorKind.Malformed)]
    [InlineData("(?#", PatternErrorKind.Malformed)]
    public void Pattern_that_cannot_be_searched_for_is_named_and_left_out(string pattern, PatternErrorKind kind)
    {
        PatternSet set = PatternSet.Compile(["one", pattern, "two"], ignoreCase: false, out IReadOnlyList<PatternError> errors);
        PatternError error = Assert.Single(errors);
        Assert.Equal((1, pattern, kind), (error.Index, error.Pattern, error.Kind));
        Assert.Equal(kind != PatternErrorKind.Malformed, PatternSet.IsValid(pattern));
        Assert.Equal(2, set.Count);
        Assert.True(set.TryFind("a two"u8, out int found, out _, out _));
        Assert.Equal(2, found);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_recursed_into()
    {
        string pattern = new string('(', 100_000) + new string(')', 100_000);
        Assert.False(PatternSet.IsValid(pattern));
    }

    [Fact]
    public void Empty_part_repeated_thousands_of_millions_of_times_costs_nothing()
    {
        PatternSet set = PatternSet.Compile(["(?:){4000000000}a"], ignoreCase: false, out IReadOnlyList<PatternError> errors);
        Assert.Empty(errors);
        Assert.True(set.TryFind("ba"u8, out _, out int start, out int length));
        Assert.Equal((1, 1), (start, length));
    }

    [Fact]
    public void Bound_on_states_holds_for_all_patterns_together()
    {
        PatternSet set = PatternSet.Compile(["a{60000}", "b{60000}", "c"], ignoreCase: false, out IReadOnlyList<PatternError> errors);
        Assert.Equal(1, Assert.Single(errors).Index);
        Assert.Equal(2, set.Count);
        Assert.InRange(set.StateCount, 60_000, 100_000);
    }

    [Fact]
    public void Pattern_that_explodes_under_backtracking_is_searched_in_linear_time()
    {
        // Backtracking needs 2^20000 steps here.
        PatternSet set = PatternSet.Compile(["(?:a|a|aa)*(?:a*)*b"], ignoreCase: false, out _);
        byte[] text = new byte[20_000];
        text.AsSpan().Fill((byte)'a');
        Assert.False(set.TryFind(text, out _, out _, out _));
        text[^1] = (byte)'b';
        Assert.True(set.TryFind(text, out _, out int start, out int length));
        Assert.Equal((0, text.Length), (start, length));
    }

    [Fact]
    public void Threads_that_share_a_set_find_what_one_alone_finds()
    {
        // So many states that the table is thrown away again and again.
        string[] patterns = [".*a.{12}b", "(?:ab|ba){9}c", @"\bx.{9}\b"];
        Random random = new(7);
        byte[][] texts = new byte[400][];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = new byte[300];
            for (int k = 0; k < texts[i].Length; k++)
            {
                texts[i][k] = "ax -ccdd"u8[random.Next(8)];
            }

            texts[i][random.Next(300)] = i % 2 == 0 ? (byte)'b' : (byte)'-';
        }

        PatternSet shared = PatternSet.Compile(patterns, ignoreCase: false, out _);
        (int, int, int)[] found = new (int, int, int)[texts.Length];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => found[i] = Find(shared, texts[i]));
        for (int i = 0; i < texts.Length; i += 20)
        {
            Assert.Equal(Find(PatternSet.Compile(patterns, ignoreCase: false, out _), texts[i]), found[i]);
        }
    }

    [Theory]
    [InlineData("evil.*\\.com", true)]
    [InlineData("bad].+", true)]
    [InlineData("x[abc_.-]y", true)]
    [InlineData("[0-9]{3}.test", true)]
    [InlineData("a]*", true)]
    [InlineData("*.evil.test", false)]
    [InlineData("evil.test", false)]
    [InlineData("[2001:db8::1]:443", false)]
    [InlineData("a[]b", false)]
    [InlineData("a[b", false)]
    [InlineData("/a.php?b[c]=1", true)]
    [InlineData("/a.php?b[c d]=1", false)]
    [InlineData("", false)]
    public void Trails_meant_as_patterns_are_told_by_their_characters(string trail, bool expected) =>
        Assert.Equal(expected, PatternSet.LooksLikePattern(trail));

    private static (int Pattern, int Start, int Length) Find(PatternSet set, byte[] text)
    {
        set.TryFind(text, out int pattern, out int start, out int length);
        return (pattern, start, length);
    }
}
