using System.Security.Cryptography;
using CsCheck;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Tests.Crypto;

public sealed class DigestTests
{
    [Fact]
    public void Published_digests_of_abc_come_out()
    {
        Assert.Equal("900150983cd24fb0d6963f7d28e17f72", Md5.HashHex("abc"u8));
        Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", Sha1.HashHex("abc"u8));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.HashHex("abc"u8));
    }

    [Fact]
    public void Digests_of_nothing_are_the_published_ones()
    {
        Assert.Equal("d41d8cd98f00b204e9800998ecf8427e", Md5.HashHex([]));
        Assert.Equal("da39a3ee5e6b4b0d3255bfef95601890afd80709", Sha1.HashHex([]));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256.HashHex([]));
    }

    [Fact]
    public void Digests_are_those_of_the_platform_for_all_lengths() =>
        Gen.Byte.Array[0, 300].Sample(data =>
            Md5.HashHex(data) == Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, data))
            && Sha1.HashHex(data) == Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, data))
            && Sha256.HashHex(data) == Convert.ToHexStringLower(SHA256.HashData(data)));

    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    public void Ripemd_gives_the_published_digests(string message, string digest)
    {
        byte[] hash = new byte[Ripemd160.Length];
        Ripemd160.Hash(System.Text.Encoding.ASCII.GetBytes(message), hash);
        Assert.Equal(digest, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Digests_of_pieces_are_those_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 150].List[0, 6], Gen.Enum<DigestKind>(), Gen.Bool.Select(isLong => isLong ? long.MaxValue : 0L)).Sample((pieces, kind, expected) =>
        {
            byte[] whole = [.. pieces.SelectMany(static piece => piece)];
            using RunningDigest digest = RunningDigest.Create(kind, expected);
            pieces.ForEach(piece => digest.Append(piece));
            byte[] ripemd = new byte[Ripemd160.Length];
            Ripemd160.Hash(whole, ripemd);
            return digest.FinishHex() == kind switch
            {
                DigestKind.Sha256 => Sha256.HashHex(whole),
                DigestKind.Sha1 => Sha1.HashHex(whole),
                DigestKind.Md5 => Md5.HashHex(whole),
                _ => Convert.ToHexStringLower(ripemd),
            };
        });

    [Fact]
    public void Message_codes_are_those_of_the_platform() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Byte.Array[0, 128]).Sample((key, message) =>
        {
            byte[] code = new byte[Sha256.Length];
            Hmac.Compute(HmacKind.Sha256, key, message, code);
            return code.AsSpan().SequenceEqual(HMACSHA256.HashData(key, message));
        });
}
