using System.Text;
using Vittne.Protocols.Patterns;
using Vittne.Protocols.Patterns.Perl;
using Vittne.Protocols.Patterns.Prefilter;

namespace Vittne.Protocols.Tests.Patterns;

public sealed class BytePatternTests
{
    [Theory]
    [InlineData("abc", "xxabcabc", 2, 3)]
    [InlineData("a|ab", "xab", 1, 1)]
    [InlineData("ab|a", "xab", 1, 2)]
    [InlineData("a.*c", "xabcabc", 1, 6)]
    [InlineData("a.*?c", "xabcabc", 1, 3)]
    [InlineData("(?U)a.*c", "xabcabc", 1, 3)]
    [InlineData("(?U)a.*?c", "xabcabc", 1, 6)]
    [InlineData("a{2}", "aaa", 0, 2)]
    [InlineData("a{1,}", "baaa", 1, 3)]
    [InlineData("a{,2}", "xa{,2}", 1, 5)]
    [InlineData("x{0}y", "xy", 1, 1)]
    [InlineData("(?:ab)+", "xababa", 1, 4)]
    [InlineData("[[:alpha:]]{3}[[:digit:]]", "ab1abc1", 3, 4)]
    [InlineData("[^[:space:]x]+", "x ab", 2, 2)]
    [InlineData("[]a]+", "x]a", 1, 2)]
    [InlineData("[a-]+", "x-a", 1, 2)]
    [InlineData("[\\d-z]+", "x1-z", 1, 3)]
    [InlineData(@"\x41\x{42}\103\o{104}\cA", "ABCD\x01", 0, 5)]
    [InlineData(@"\Qa.b\E+", "a.bbb", 0, 5)]
    [InlineData(@"\bcat\b", "concat cat", 7, 3)]
    [InlineData(@"\Bcat", "cat concat", 7, 3)]
    [InlineData(@"^abc$", "abc\n", 0, 3)]
    [InlineData(@"abc\z", "abcabc", 3, 3)]
    [InlineData(@"(?m)^b$", "a\nb\nc", 2, 1)]
    [InlineData(@"(?s)a.b", "a\nb", 0, 3)]
    [InlineData(@"(?i)HoSt", "xhOsT", 1, 4)]
    [InlineData(@"a(?i)b|c", "xC", 1, 1)]
    [InlineData(@"(?x) a b # comment", "xab", 1, 2)]
    [InlineData(@"a(?#note)b", "ab", 0, 2)]
    [InlineData(@"(.)\1\1\1", "abccccd", 2, 4)]
    [InlineData(@"(?<q>['""]).*?\k<q>", "say 'it'", 4, 4)]
    [InlineData(@"(a)(b)?\g{-2}", "xaa", 1, 2)]
    [InlineData(@"(?i)(ab)\1", "xabAB", 1, 4)]
    [InlineData("foo(?=bar)", "foofoobar", 3, 3)]
    [InlineData("foo(?!bar)", "foobarfoo", 6, 3)]
    [InlineData("(?<=a|bc)x", "xbcx", 3, 1)]
    [InlineData("(?<!a)x", "axbx", 3, 1)]
    [InlineData("(?>a+)b", "aaab", 0, 4)]
    [InlineData("[^ ]*+ ", "ab cd", 0, 3)]
    [InlineData(@"\R", "a\r\nb", 1, 2)]
    [InlineData("(a*)*b", "aaab", 0, 4)]
    [InlineData("passw(or)?d|login", "the password", 4, 8)]
    [InlineData("", "abc", 0, 0)]
    public void Matches_where_PCRE2_does(string pattern, string text, int start, int length)
    {
        BytePattern compiled = Parse(pattern, new BytePatternOptions());

        Assert.True(compiled.TryFind(Encoding.Latin1.GetBytes(text), out int foundStart, out int foundLength));

        Assert.Equal((start, length), (foundStart, foundLength));
        Assert.True(compiled.IsMatch(Encoding.Latin1.GetBytes(text)));
    }

    [Theory]
    [InlineData("a.b", "a\nb")]
    [InlineData("abc", "ABC")]
    [InlineData("(?>a+)ab", "aaab")]
    [InlineData("a++a", "aaaa")]
    [InlineData(@"(.)\1\1\1", "abcabcabc")]
    [InlineData("x$", "x\n\n")]
    [InlineData(@"\bcat\b", "concatenate")]
    [InlineData("[[:^alpha:]]", "abc")]
    [InlineData("abcdef", "abcde")]
    public void Does_not_match_where_PCRE2_does_not(string pattern, string text)
    {
        BytePattern compiled = Parse(pattern, new BytePatternOptions());

        Assert.False(compiled.TryFind(Encoding.Latin1.GetBytes(text), out _, out _));
        Assert.False(compiled.IsMatch(Encoding.Latin1.GetBytes(text)));
    }

    [Theory]
    [InlineData("a(b", 2, "a group without its closing parenthesis")]
    [InlineData("ab)", 3, "closing parenthesis without an opening one")]
    [InlineData("*a", 1, "nothing to repeat")]
    [InlineData("a**", 3, "nothing to repeat")]
    [InlineData("[a", 1, "a class without its closing bracket")]
    [InlineData("[z-a]", 2, "a range out of order")]
    [InlineData("a{3,2}", 2, "the counts of a repeat are out of order")]
    [InlineData("a{70000}", 2, "the count of a repeat is above 65535")]
    [InlineData(@"ab\", 3, "a backslash at the end")]
    [InlineData(@"\y", 1, @"\y is no escape")]
    [InlineData(@"\p{L}", 1, @"\p is not supported")]
    [InlineData(@"(a)\2", 4, "there is no group 2")]
    [InlineData("(?R)", 1, "this kind of group is not supported")]
    [InlineData("(*UTF)a", 1, "verbs are not supported")]
    [InlineData("[[:vowel:]]", 2, "no class has this name")]
    [InlineData("(?<=a+)b", 1, "a look-behind whose length is not fixed")]
    [InlineData("(.{1000}){1000}", 1, "the repeats of the pattern are too large")]
    [InlineData(@"(.{1000}){1000}\1", 1, "the repeats of the pattern are too large")]
    public void Refusal_says_what_is_wrong_and_where(string pattern, int column, string message)
    {
        Assert.False(BytePattern.TryParse(pattern, new BytePatternOptions(), out _, out BytePatternError? error));

        Assert.Equal(new BytePatternError(column, message), error);
    }

    [Fact]
    public void Characters_beyond_ASCII_are_their_bytes()
    {
        BytePattern compiled = Parse("é", new BytePatternOptions());

        Assert.Equal([0xC3, 0xA9], compiled.Literal);
    }

    [Fact]
    public void Wide_pattern_matches_plain_text_and_UTF_16()
    {
        BytePattern compiled = Parse("ad[mn]in", new BytePatternOptions { IsWideToo = true });

        Assert.True(compiled.IsMatch("the admin"u8));
        Assert.True(compiled.TryFind(Encoding.Unicode.GetBytes("an adnin"), out int start, out int length));
        Assert.Equal((6, 10), (start, length));
    }

    [Fact]
    public void Search_that_would_take_too_long_is_given_up_and_counted()
    {
        BytePattern compiled = Parse("(a+)+(?!a)b", new BytePatternOptions());

        Assert.False(compiled.IsMatch(Encoding.ASCII.GetBytes(new string('a', 64) + "cb")));

        Assert.Equal(1, compiled.StepLimits);
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)(.*)(.*)(.*)x")]
    [InlineData("(a?){60}a{60}b")]
    public void Patterns_that_kill_backtracking_follow_no_more_possibilities_than_they_have_parts(string pattern)
    {
        PrioritySearch search = SearchOf(pattern, out int parts);
        byte[] text = Encoding.ASCII.GetBytes(new string('a', 5_000) + "c");

        search.TryFind(text, out _, out _, out _);

        Assert.InRange(search.MostThreads, 1, parts);
    }

    [Theory]
    [InlineData("Host:", "Host:", true)]
    [InlineData(@"\d+\.\d+", ".", false)]
    [InlineData("(GET|POST) /x{3}", " /xxx", true)]
    [InlineData("a.*zz", "zz", false)]
    public void Factors_are_what_each_match_has(string pattern, string factor, bool isWhole)
    {
        Factors? factors = Factors.Of(PerlParser.Parse(pattern, PatternOptions.None).Root);

        Assert.NotNull(factors);
        Assert.Equal(isWhole, factors.IsWhole);
        Assert.Contains(factors.Sequences, sequence => sequence.ToLiteral() is { } literal && Encoding.Latin1.GetString(literal).EndsWith(factor, StringComparison.Ordinal));
    }

    private static BytePattern Parse(string pattern, BytePatternOptions options)
    {
        Assert.True(BytePattern.TryParse(pattern, options, out BytePattern? compiled, out BytePatternError? error), error?.Message);
        return compiled;
    }

    private static PrioritySearch SearchOf(string pattern, out int parts)
    {
        PatternCompiler compiler = new();
        Assert.True(compiler.TryAdd(PerlParser.Parse(pattern, PatternOptions.None).Root, 0));
        PatternProgram program = compiler.ToProgram();
        parts = program.Length;
        return new PrioritySearch(program, new FreshStartTable(program));
    }
}
