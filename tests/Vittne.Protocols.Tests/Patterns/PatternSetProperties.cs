using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Vittne.Protocols.Patterns;

namespace Vittne.Protocols.Tests.Patterns;

public sealed class PatternSetProperties
{
    private static readonly string[] Atoms =
    [
        "a", "b", "c", "_", " ", ".", @"\w", @"\d", @"\s", "[ab]", "[^a]", "[b-]", @"\W", "ab", "ca", @"\x61",
    ];

    private static readonly string[] Assertions = [@"\b", @"\B", "^", "$", @"\A", @"\Z", ""];

    private static readonly string[] Counts = ["*", "+", "?", "{2}", "{1,2}", "{2,}", "{,2}", "*?", "+?", "??", "{1,2}?", "{0,}?"];

    private static readonly Gen<int[][]> Choices = Gen.Int[0, 1_000_000].Array[1, 24].Array[1, 4];

    private static readonly Gen<string> Texts = Gen.Char["abcAB_ 1.\n-"].Array[1, 14].Select(letters => new string(letters));

    [Fact]
    public void Generated_patterns_match_as_with_the_regular_expressions_of_the_platform() =>
        Gen.Select(Choices, Texts, Gen.Bool).Sample(
            (choices, text, ignoreCase) =>
            {
                string[] patterns = Array.ConvertAll(choices, Write);
                PatternSet set = PatternSet.Compile(patterns, ignoreCase, out IReadOnlyList<PatternError> errors);
                set.TryFind(Encoding.ASCII.GetBytes(text), out int pattern, out int start, out int length);
                return errors.Count == 0
                    && (Array.Exists(patterns, RepeatsWhatMayBeEmpty) || Expected(patterns, text, ignoreCase) == (pattern, start, length));
            },
            iter: 2_000);

    [Fact]
    public void Any_text_as_pattern_and_any_bytes_as_text_are_survived() =>
        Gen.Select(Gen.Char["ab()[]{}|*+?\\^$.-,:12dwxAi=!<>P#é"].Array[0, 16], Gen.Byte.Array[0, 20]).Sample(
            (letters, text) =>
            {
                string pattern = new(letters);
                PatternSet set = PatternSet.Compile([pattern], ignoreCase: true, out IReadOnlyList<PatternError> errors);
                bool isFound = set.TryFind(text, out _, out int start, out int length);
                bool isMalformed = errors.Count > 0 && errors[0].Kind == PatternErrorKind.Malformed;
                return start >= 0 && length >= 0 && start + length <= text.Length
                    && (isFound || (start == 0 && length == 0))
                    && set.Count + errors.Count == 1
                    && isMalformed != PatternSet.IsValid(pattern);
            },
            iter: 2_000);

    // Backtracking engines disagree among themselves about a loop whose body matched nothing in one turn.
    private static bool RepeatsWhatMayBeEmpty(string pattern) =>
        Regex.IsMatch(pattern, @"\)[*+?{]") && Regex.IsMatch(pattern, @"[*?]|\{0|\{,");

    private static (int Pattern, int Start, int Length) Expected(string[] patterns, string text, bool ignoreCase)
    {
        RegexOptions options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        (int Pattern, int Start, int Length) best = (-1, 0, 0);
        for (int i = 0; i < patterns.Length; i++)
        {
            // The platform writes {,2} as {0,2} and \Z as \z.
            string translated = patterns[i].Replace("{,", "{0,", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);
            Match match = Regex.Match(text, translated, options);
            if (match.Success && (best.Pattern < 0 || match.Index < best.Start))
            {
                best = (i, match.Index, match.Length);
            }
        }

        return best;
    }

    /// <summary>
    /// Writes a pattern as the choices say. What is repeated is never empty: backtracking engines disagree among themselves about loops
    /// whose body matches nothing.
    /// </summary>
    private static string Write(int[] choices)
    {
        StringBuilder pattern = new();
        foreach (int choice in choices)
        {
            string atom = Atoms[choice / 100 % Atoms.Length];
            string other = Atoms[choice / 2_000 % Atoms.Length];
            string count = Counts[choice / 40_000 % Counts.Length];
            switch (choice % 10)
            {
                case 0:
                    pattern.Append(Assertions[choice / 100 % Assertions.Length]);
                    break;
                case 1:
                    pattern.Append(CultureInfo.InvariantCulture, $"(?:{atom}|{other}){count}");
                    break;
                case 2:
                    pattern.Append(CultureInfo.InvariantCulture, $"({atom}{count}{other}|{other})*");
                    break;
                case 3:
                    pattern.Append('|');
                    break;
                case 4 or 5:
                    pattern.Append(CultureInfo.InvariantCulture, $"(?:{atom}){count}");
                    break;
                case 6:
                    pattern.Append(CultureInfo.InvariantCulture, $"(|{atom})");
                    break;
                default:
                    pattern.Append(atom);
                    break;
            }
        }

        return pattern.ToString();
    }
}
