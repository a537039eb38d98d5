using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CsCheck;

namespace Vittne.Packets.Tests;

public sealed class ShortSha1Tests
{
    [Fact]
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It is what is compared with.")]
    public void Hash_is_that_of_the_system_for_every_length()
    {
        Gen.Byte.Array[0, ShortSha1.MaxLength].Sample(static data =>
        {
            byte[] hash = new byte[ShortSha1.HashLength];
            ShortSha1.Compute(data, hash);
            Assert.Equal(SHA1.HashData(data), hash);
        });
    }

    [Fact]
    public void Longer_data_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => ShortSha1.Compute(new byte[ShortSha1.MaxLength + 1], new byte[ShortSha1.HashLength]));
}
