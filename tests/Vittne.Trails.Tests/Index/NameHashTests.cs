using CsCheck;
using Vittne.Trails.Index;

namespace Vittne.Trails.Tests.Index;

public sealed class NameHashTests
{
    [Fact]
    public void Every_parent_has_the_hash_that_it_has_by_itself()
    {
        Gen.String[Gen.Char["ab.-9"], 0, 90].Sample(text =>
        {
            byte[] name = System.Text.Encoding.ASCII.GetBytes(text);
            Span<byte> room = stackalloc byte[NameHash.RoomLength];
            var hash = new NameHash(42, name, room);
            var starts = new List<int>();
            while (hash.MoveNext())
            {
                starts.Add(hash.Start);
                Assert.Equal(NameHash.Of(42, name.AsSpan(hash.Start)), hash.Value);
            }

            IEnumerable<int> expected = Enumerable.Range(0, text.Length).Where(i => text[i] == '.').Select(i => i + 1).Append(0);
            Assert.Equal(expected.OrderDescending(), starts);
        });
    }

    [Fact]
    public void Order_and_length_of_labels_count()
    {
        string[] names = ["ab.c", "a.bc", "c.ab", "abc", "b.a.c", "abc.", ".abc", "ab..c", ""];

        Assert.Equal(names.Length, names.Select(name => NameHash.Of(7, System.Text.Encoding.ASCII.GetBytes(name))).Distinct().Count());
    }
}
