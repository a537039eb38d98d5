using System.Security.Cryptography;
using CsCheck;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Tests.Crypto;

public sealed class AesGcmTests
{
    private static readonly Gen<byte[]> Block = Gen.Byte.Array[16];

    [Fact]
    public void Block_of_the_standard_is_encrypted_as_published()
    {
        // FIPS 197 appendix B.
        byte[] block = Convert.FromHexString("3243f6a8885a308d313198a2e0370734");
        byte[] output = new byte[16];
        new AesCipher(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c")).Encrypt(block, output);

        Assert.Equal("3925841d02dc09fbdc118597196a0b32", Convert.ToHexStringLower(output));
    }

    [Fact]
    public void Portable_cipher_equals_the_one_of_the_processor() =>
        Gen.Select(Block, Block).Sample((key, block) =>
        {
            var cipher = new AesCipher(key);
            byte[] fast = new byte[16];
            byte[] portable = new byte[16];
            cipher.Encrypt(block, fast);
            cipher.EncryptPortable(block, portable);
            return fast.AsSpan().SequenceEqual(portable);
        });

    [Fact]
    public void Portable_product_equals_the_carryless_one()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Pclmulqdq.IsSupported, "the processor has no carry-less multiplication");
        Gen.Select(Block, Gen.ULong, Gen.ULong).Sample((key, high, low) =>
        {
            var hash = new GHash(key);
            var value = new UInt128(high, low);
            return hash.MultiplyPortable(value) == hash.MultiplyCarryless(value);
        });
    }

    [Fact]
    public void Data_sealed_by_the_platform_is_opened() =>
        Gen.Select(Block, Gen.Byte.Array[12], Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 100]).Sample((key, nonce, plain, additional) =>
        {
            byte[] data = new byte[plain.Length + AesGcmCipher.TagLength];
            using var platform = new AesGcm(key, AesGcmCipher.TagLength);
            platform.Encrypt(nonce, plain, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), additional);
            byte[] opened = new byte[plain.Length];
            return new AesGcmCipher(key).TryOpen(nonce, data, additional, opened) && opened.AsSpan().SequenceEqual(plain);
        });

    [Fact]
    public void One_changed_bit_is_refused() =>
        Gen.Select(Block, Gen.Byte.Array[1, 80], Gen.Int[0, 10_000]).Sample((key, plain, bit) =>
        {
            byte[] nonce = new byte[12];
            byte[] data = new byte[plain.Length + AesGcmCipher.TagLength];
            var cipher = new AesGcmCipher(key);
            cipher.Seal(nonce, plain, [1, 2, 3], data);
            data[bit / 8 % data.Length] ^= (byte)(1 << (bit & 7));
            return !cipher.TryOpen(nonce, data, [1, 2, 3], new byte[plain.Length]);
        });

    [Fact]
    public void Data_shorter_than_a_tag_is_refused() =>
        Assert.False(new AesGcmCipher(new byte[16]).TryOpen(new byte[12], new byte[15], [], []));
}
