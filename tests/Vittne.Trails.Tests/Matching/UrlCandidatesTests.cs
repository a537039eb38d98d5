using System.Text;
using CsCheck;
using Vittne.TestKit;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class UrlCandidatesTests
{
    [Fact]
    public void Vectors_hold()
    {
        List<string[]>? rows = SharedVectors.Rows("checks.tsv", columns: 3);
        if (rows is null)
        {
            Assert.Skip("the shared vectors are not here");
        }

        Assert.NotEmpty(rows);
        foreach (string[] row in rows)
        {
            string[] expected = [.. row[2].Split('\u001f', StringSplitOptions.RemoveEmptyEntries)];
            Assert.Equal(expected, Of(row[0], row[1]));
        }
    }

    [Fact]
    public void Path_without_query_gives_itself_its_folder_and_its_last_segment() =>
        Assert.Equal(["/a/b/c.php", "/a/b", "/c.php"], Of("/a/b/c.php/"));

    [Fact]
    public void Query_gives_the_path_the_first_name_and_the_names_without_values() =>
        Assert.Equal(["/g.php?id=1&x=2", "/g.php", "/g.php?id=", "/g.php?id=&x="], Of("/g.php?id=1&x=2"));

    [Fact]
    public void Folder_of_a_query_gives_the_last_segment_too() =>
        Assert.Equal(
            ["/a/g.php?id=1", "/a/g.php", "/a/g.php?id=", "/a", "/g.php"],
            Of("/a/g.php?id=1"));

    [Theory]
    [InlineData("/a?b=c=d", "/a?b==d")]
    [InlineData("/a?=c&d=e", "/a?=c&d=")]
    [InlineData("/a;x=1/b?y=2", "/a;x==2")]
    [InlineData("/a?b=&c=d", "/a?b=&c=")]
    public void Values_are_cut_as_a_search_from_the_left_finds_them(string path, string expected) =>
        Assert.Contains(expected, Of(path));

    [Fact]
    public void Body_joins_the_path_in_lower_case() =>
        Assert.Equal(["/submit", "/submit?q=ABC".ToLowerInvariant()], Of("/submit", "q=ABC"));

    [Fact]
    public void Body_does_not_count_beside_a_query() =>
        Assert.DoesNotContain(Of("/submit?x", "q=1"), candidate => candidate.Contains("q=1", StringComparison.Ordinal));

    [Fact]
    public void Any_bytes_give_at_most_eight_candidates_and_no_exception() =>
        Gen.Select(Gen.Char["/?=&a\u00FF"].Select(c => (byte)c).Array[0, 60], Gen.Byte.Array[0, 20])
            .Sample((path, body) =>
            {
                using UrlCandidates candidates = UrlCandidates.Of(path, body);
                for (int i = 0; i < candidates.Count; i++)
                {
                    Assert.False(candidates[i].IsEmpty);
                }

                return candidates.Count <= 8;
            });

    private static string[] Of(string path, string body = "")
    {
        using UrlCandidates candidates = UrlCandidates.Of(Encoding.Latin1.GetBytes(path), Encoding.Latin1.GetBytes(body));
        string[] texts = new string[candidates.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.Latin1.GetString(candidates[i]);
        }

        return texts;
    }
}
