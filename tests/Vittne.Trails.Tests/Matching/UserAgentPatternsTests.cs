using System.Text;
using Vittne.Protocols.Patterns;
using Vittne.TestKit;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class UserAgentPatternsTests
{
    private const string Absent = "the shared lists are not here; set VITTNE_SHARED";

    [Theory]
    [InlineData("  zmeu\t", true, "zmeu")]
    [InlineData("a # b", true, "a # b")]
    [InlineData("# note", false, "")]
    [InlineData("   ", false, "")]
    public void Blank_lines_and_comments_hold_no_indicator(string line, bool expected, string indicator)
    {
        Assert.Equal(expected, UserAgentPatterns.TryReadLine(line, out string read));
        Assert.Equal(indicator, read);
    }

    [Theory]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0)", "Mozilla/4.0 (compatible; MSIE 6.0)", true)]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0)", "Mozilla/4.0 compatible; MSIE 6.0", false)]
    [InlineData("Mozilla/4x (b)", "Mozilla/4x b", true)]
    [InlineData("7Bjndi(", "%7bJNDI(ldap", true)]
    [InlineData("custom c++", "Custom C++ Client", true)]
    [InlineData("custom c++", "Custom CMS", false)]
    [InlineData("bad(?=x)", "a bad(?=x) b", true)]
    public void Line_that_is_no_pattern_is_taken_literally(string line, string userAgent, bool expected)
    {
        PatternSet set = UserAgentPatterns.Compile([line], out IReadOnlyList<PatternError> errors);
        Assert.Empty(errors);
        Assert.Equal(expected, set.TryFind(Encoding.ASCII.GetBytes(userAgent), out _, out _, out _));
    }

    [Fact]
    public void Suspicious_user_agents_agree_with_their_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("suspicious_ua.tsv", 3);
        List<string>? indicators = ReadList();
        Assert.SkipWhen(rows is null || indicators is null, Absent);
        PatternSet set = UserAgentPatterns.Compile(indicators, out IReadOnlyList<PatternError> errors);
        Assert.Empty(errors);
        Assert.Equal((1_353, 1_353), (indicators.Count, set.Count));
        foreach (string[] row in rows)
        {
            // Exempt ones are never asked for.
            byte[] userAgent = Encoding.UTF8.GetBytes(row[0]);
            int start = 0;
            int length = 0;
            bool isFound = row[1] == "0" && set.TryFind(userAgent, out _, out start, out length);
            Assert.Equal((row[0], row[2]), (row[0], isFound ? Encoding.UTF8.GetString(userAgent, start, length) : string.Empty));
        }
    }

    [Fact]
    public void Acceptance_of_wildcard_trails_agrees_with_its_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("wildcard_trails.tsv", 2);
        Assert.SkipWhen(rows is null, Absent);
        foreach (string[] row in rows)
        {
            string pattern = row[0].Replace(@"\\", @"\", StringComparison.Ordinal);
            Assert.Equal((pattern, row[1] == "1"), (pattern, PatternSet.IsValid(pattern)));
        }
    }

    [Fact]
    public void Static_lists_hold_27_patterns_and_all_of_them_compile()
    {
        string? folder = SharedVectors.Find(Path.Combine("data", "trails", "maltrail-static"));
        Assert.SkipWhen(folder is null, Absent);
        SortedSet<string> patterns = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories))
        {
            foreach (string line in File.ReadLines(file))
            {
                int comment = line.IndexOf(" #", StringComparison.Ordinal);
                string trail = (comment < 0 ? line : line[..comment]).Trim();
                if (!trail.StartsWith('#') && PatternSet.LooksLikePattern(trail))
                {
                    patterns.Add(trail);
                }
            }
        }

        PatternSet.Compile([.. patterns], ignoreCase: false, out IReadOnlyList<PatternError> errors);
        Assert.Equal((27, 0), (patterns.Count, errors.Count));
    }

    private static List<string>? ReadList()
    {
        string? path = SharedVectors.Find(Path.Combine("data", "trails", "maltrail-data", "ua.txt"));
        if (path is null)
        {
            return null;
        }

        List<string> indicators = [];
        foreach (string line in File.ReadLines(path))
        {
            if (UserAgentPatterns.TryReadLine(line, out string indicator))
            {
                indicators.Add(indicator);
            }
        }

        return indicators;
    }
}
