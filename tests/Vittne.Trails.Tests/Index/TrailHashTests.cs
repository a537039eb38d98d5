using System.Text;
using CsCheck;
using Vittne.Trails.Index;

namespace Vittne.Trails.Tests.Index;

public sealed class TrailHashTests
{
    [Fact]
    public void Every_parent_has_the_hash_that_it_has_by_itself()
    {
        var hash = new TrailHash(42);
        Gen.String[Gen.Char["ab-9"], 0, 20].Array[1, 5].Sample(labels =>
        {
            ulong value = hash.Seed;
            for (int i = labels.Length - 1; i >= 0; i--)
            {
                value = TrailHash.Label(value, Encoding.ASCII.GetBytes(labels[i]));
                Assert.Equal(hash.Name(Encoding.ASCII.GetBytes(string.Join('.', labels[i..]))), value);
            }
        });
    }

    [Fact]
    public void Order_and_length_of_labels_count()
    {
        string[] names = ["ab.c", "a.bc", "c.ab", "abc", "b.a.c", "abc.", ".abc", "ab..c", ""];

        Assert.Equal(names.Length, names.Select(name => new TrailHash(7).Name(Encoding.ASCII.GetBytes(name))).Distinct().Count());
    }
}
