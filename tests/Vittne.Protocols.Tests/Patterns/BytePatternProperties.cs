using System.Text;
using CsCheck;
using Vittne.Protocols.Patterns;
using Vittne.Protocols.Patterns.Perl;
using Vittne.Protocols.Patterns.Prefilter;

namespace Vittne.Protocols.Tests.Patterns;

public sealed class BytePatternProperties
{
    private static readonly Gen<ModelPattern> Byte = OneOf<ModelPattern>(
        Set("a", static value => value == 'a'),
        Set("b", static value => value == 'b'),
        Set("C", static value => value == 'C'),
        Set("[ab]", static value => value is (byte)'a' or (byte)'b'),
        Set("[^a]", static value => value != 'a'),
        Set(@"\w", static value => IsWord(value)),
        Set(@"\x00", static value => value == 0),
        Set(@"[\x80-\xff]", static value => value >= 0x80),
        Set(".", static value => value != '\n'));

    private static readonly Gen<ModelPattern> Place = OneOf<ModelPattern>(
        new ModelPattern.Place("^", static (_, at) => at == 0),
        new ModelPattern.Place("$", static (text, at) => at == text.Length || (at == text.Length - 1 && text[at] == '\n')),
        new ModelPattern.Place(@"\z", static (text, at) => at == text.Length),
        new ModelPattern.Place(@"\b", static (text, at) => IsWordAt(text, at - 1) != IsWordAt(text, at)),
        new ModelPattern.Place(@"\B", static (text, at) => IsWordAt(text, at - 1) == IsWordAt(text, at)));

    private static readonly Gen<ModelPattern> Patterns = Gen.Recursive<ModelPattern>((depth, self) => depth > 4
        ? Byte
        : Gen.Frequency<ModelPattern>(
            (3, Byte),
            (1, Place),
            (6, Gen.Select(self, self, static (first, second) => (ModelPattern)new ModelPattern.Both(first, second))),
            (2, Gen.Select(self, self, static (first, second) => (ModelPattern)new ModelPattern.Either(first, second))),
            (2, Gen.Select(self, Byte, Gen.Int[0, 2], Gen.Int[-1, 2], Gen.Bool, Repeated))));

    private static readonly Gen<byte[]> Texts = OneOf("abCx\0\n \xe9"u8.ToArray()).Array[0, 40];

    [Fact]
    public void Matches_are_where_the_simplest_matcher_finds_them() =>
        Gen.Select(Patterns, Texts, Gen.Bool).Sample(
            static (model, text, isUngreedy) => model.TakesTooLong(text) || Found(Prefix(isUngreedy) + Flipped(model, isUngreedy), text) == model.Find(text),
            iter: 4_000);

    [Fact]
    public void Backtracking_finds_the_same() =>
        Gen.Select(Patterns, Texts).Sample(static (model, text) => model.TakesTooLong(text) || Found(model.Write() + "(?=)", text) == model.Find(text), iter: 2_000);

    [Fact]
    public void Whether_there_is_a_match_does_not_need_its_place() =>
        Gen.Select(Patterns, Texts).Sample(
            static (model, text) => BytePattern.TryParse(model.Write(), new BytePatternOptions(), out BytePattern? pattern, out _)
                && pattern.IsMatch(text) == pattern.TryFind(text, out _, out _),
            iter: 2_000);

    [Fact]
    public void Scans_find_the_first_place_of_a_sequence() =>
        Gen.Select(Byte.Array[1, 5], OneOf("abC\0\xe9"u8.ToArray()).Array[0, 150]).Sample(
            static (sets, text) =>
            {
                string pattern = string.Concat(sets.Select(static set => set.Write()));
                Factors? factors = Factors.Of(PerlParser.Parse(pattern, PatternOptions.None).Root);
                ModelPattern model = sets.Aggregate(static (first, second) => new ModelPattern.Both(first, second));
                return factors is null || FactorScan.For(factors.Sequences).IndexOf(text) == (model.Find(text)?.Start ?? -1);
            },
            iter: 4_000);

    [Fact]
    public void Many_plain_texts_are_found_as_each_by_itself_would_be() =>
        Gen.Select(Gen.Char["abC"].Array[1, 4].Array[4, 12], Texts).Sample(
            static (texts, text) =>
            {
                BytePattern[] patterns = Array.ConvertAll(texts, static letters => BytePattern.OfLiteral(Encoding.ASCII.GetBytes(letters)));
                var list = new BytePatternList(patterns);
                (int Start, int Pattern, int Length) best = (int.MaxValue, -1, 0);
                for (int i = 0; i < patterns.Length; i++)
                {
                    if (patterns[i].TryFind(text, out int start, out int length) && start < best.Start)
                    {
                        best = (start, i, length);
                    }
                }

                bool isFound = list.TryFind(text, out int foundPattern, out int foundStart, out int foundLength);
                return isFound == list.IsMatch(text) && isFound == (best.Pattern >= 0)
                    && (!isFound || (foundStart, foundPattern, foundLength) == best);
            },
            iter: 4_000);

    [Fact]
    public void Any_text_as_pattern_and_any_bytes_as_text_are_survived() =>
        Gen.Select(Gen.Char["ab()[]{}|*+?\\^$.-,:12dwxAi=!<>P#Qk"].Array[0, 20], Gen.Byte.Array[0, 40]).Sample(
            static (letters, text) => !BytePattern.TryParse(new string(letters), new BytePatternOptions(), out BytePattern? pattern, out BytePatternError? error)
                ? error.Column >= 1 && error.Column <= Math.Max(1, letters.Length)
                : !pattern.TryFind(text, out int start, out int length) || start + length <= text.Length,
            iter: 4_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ModelPattern.Bytes Set(string text, Func<byte, bool> takes) => new(text, takes);

    private static ModelPattern Repeated(ModelPattern part, ModelPattern instead, int minimum, int extra, bool isLazy) =>
        new ModelPattern.Repeat(part.MayBeEmpty ? instead : part, minimum, extra < 0 ? null : minimum + Math.Max(extra, minimum == 0 ? 1 : 0), isLazy);

    private static string Prefix(bool isUngreedy) => isUngreedy ? "(?U)" : "";

    /// <summary>With lazy and greedy exchanged, as (?U) has them.</summary>
    private static string Flipped(ModelPattern model, bool isUngreedy) => (isUngreedy ? Flip(model) : model).Write();

    private static ModelPattern Flip(ModelPattern model) => model switch
    {
        ModelPattern.Both both => new ModelPattern.Both(Flip(both.First), Flip(both.Second)),
        ModelPattern.Either either => new ModelPattern.Either(Flip(either.First), Flip(either.Second)),
        ModelPattern.Repeat repeat => repeat with { Part = Flip(repeat.Part), IsLazy = !repeat.IsLazy },
        _ => model,
    };

    private static (int Start, int Length)? Found(string pattern, byte[] text)
    {
        Assert.True(BytePattern.TryParse(Encoding.Latin1.GetBytes(pattern), new BytePatternOptions(), out BytePattern? compiled, out BytePatternError? error), error?.Message);
        return compiled.TryFind(text, out int start, out int length) ? (start, length) : null;
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';

    private static bool IsWordAt(byte[] text, int at) => at >= 0 && at < text.Length && IsWord(text[at]);
}
