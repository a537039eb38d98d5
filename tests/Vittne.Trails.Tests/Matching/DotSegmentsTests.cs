using System.Text;
using CsCheck;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class DotSegmentsTests
{
    [Theory]
    [InlineData("/a/b/c/./../../g", "/a/g")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/..", "/")]
    [InlineData("/../../x", "/x")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/a/../b?x=/../y", "/b?x=/../y")]
    [InlineData("", "")]
    public void Segments_are_resolved_before_the_query(string path, string expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(path);

        int length = DotSegments.Remove(bytes);

        Assert.Equal(expected, Encoding.ASCII.GetString(bytes, 0, length));
    }

    [Fact]
    public void Result_is_never_longer_than_the_path() =>
        Gen.Char["/.a?"].Select(c => (byte)c).Array[0, 40].Sample(bytes => DotSegments.Remove((byte[])bytes.Clone()) <= bytes.Length);
}
