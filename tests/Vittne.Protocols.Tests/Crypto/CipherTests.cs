using System.Security.Cryptography;
using CsCheck;
using Vittne.Protocols.Crypto;
using PlatformChaCha = System.Security.Cryptography.ChaCha20Poly1305;

namespace Vittne.Protocols.Tests.Crypto;

public sealed class CipherTests
{
    [Fact]
    public void Block_of_AES_256_is_encrypted_as_published_and_back()
    {
        // FIPS 197 appendix C.3.
        byte[] key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        byte[] block = Convert.FromHexString("00112233445566778899aabbccddeeff");
        byte[] output = new byte[16];
        byte[] back = new byte[16];
        var cipher = new AesCipher(key);

        cipher.Encrypt(block, output);
        cipher.Decrypt(output, back);

        Assert.Equal("8ea2b7ca516745bfeafc49904b496089", Convert.ToHexStringLower(output));
        Assert.Equal(block, back);
    }

    [Fact]
    public void Portable_forms_of_AES_equal_those_of_the_processor() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[16], Gen.Byte.Array[32]), Gen.Byte.Array[16]).Sample(static (key, block) =>
        {
            var cipher = new AesCipher(key);
            byte[] encrypted = new byte[16];
            byte[] portable = new byte[16];
            byte[] back = new byte[16];
            byte[] portableBack = new byte[16];
            cipher.Encrypt(block, encrypted);
            cipher.EncryptPortable(block, portable);
            cipher.Decrypt(encrypted, back);
            cipher.DecryptPortable(portable, portableBack);
            return encrypted.AsSpan().SequenceEqual(portable) && back.AsSpan().SequenceEqual(block) && portableBack.AsSpan().SequenceEqual(block);
        });

    [Fact]
    public void Chained_data_of_the_platform_is_decrypted() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[16], Gen.Byte.Array[32]), Gen.Byte.Array[16], Gen.Byte.Array[0, 300]).Sample(static (key, vector, data) =>
        {
            byte[] whole = data[..(data.Length & ~15)];
            using var platform = Aes.Create();
            platform.Key = key;
            byte[] encrypted = platform.EncryptCbc(whole, vector, PaddingMode.None);
            byte[] plain = new byte[encrypted.Length];
            new AesCipher(key).DecryptChained(vector, encrypted, plain);
            return plain.AsSpan().SequenceEqual(whole);
        });

    [Fact]
    public void Data_sealed_by_the_platform_with_AES_256_is_opened() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 40]).Sample(static (key, nonce, plain, additional) =>
        {
            byte[] data = new byte[plain.Length + AeadCipher.TagLength];
            using var platform = new AesGcm(key, AeadCipher.TagLength);
            platform.Encrypt(nonce, plain, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), additional);
            byte[] opened = new byte[plain.Length];
            return new AesGcmCipher(key).TryOpen(nonce, data, additional, opened) && opened.AsSpan().SequenceEqual(plain);
        });

    [Fact]
    public void ChaCha20_block_is_as_published()
    {
        // RFC 8439 section 2.3.2.
        byte[] key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        byte[] block = new byte[64];

        new ChaCha20(key).WriteBlock(1, Convert.FromHexString("000000090000004a00000000"), block);

        Assert.Equal(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
            Convert.ToHexStringLower(block));
    }

    [Fact]
    public void Poly1305_tag_is_as_published()
    {
        // RFC 8439 section 2.5.2.
        byte[] key = Convert.FromHexString("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        byte[] tag = new byte[16];

        new Poly1305(key).Finish("Cryptographic Forum Research Group"u8, tag);

        Assert.Equal("a8061dc1305136c6c22b8baf0c0127a9", Convert.ToHexStringLower(tag));
    }

    [Theory]
    [InlineData("02", "ffffffffffffffffffffffffffffffff", "03")]
    [InlineData("02000000000000000000000000000000ffffffffffffffffffffffffffffffff", "02000000000000000000000000000000", "03")]
    [InlineData("01", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", "05")]
    [InlineData("01", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", "00")]
    [InlineData("02", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    public void Poly1305_reduces_at_its_borders_as_published(string key, string message, string tag)
    {
        // RFC 8439 appendix A.3, vectors 7 to 11.
        byte[] code = new byte[16];
        byte[] whole = new byte[32];
        Convert.FromHexString(key).CopyTo(whole, 0);

        new Poly1305(whole).Finish(Convert.FromHexString(message), code);

        Assert.Equal(tag.PadRight(32, '0'), Convert.ToHexStringLower(code));
    }

    [Fact]
    public void ChaCha20_Poly1305_seals_as_published()
    {
        // RFC 8439 section 2.8.2: the tag covers all of the ciphertext.
        byte[] key = [.. Enumerable.Range(0x80, 32).Select(static i => (byte)i)];
        byte[] plain = [.. "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8];
        byte[] nonce = Convert.FromHexString("070000004041424344454647");
        byte[] additional = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        byte[] data = new byte[plain.Length + AeadCipher.TagLength];
        byte[] opened = new byte[plain.Length];
        var cipher = new ChaChaPolyCipher(key);

        cipher.Seal(nonce, plain, additional, data);

        Assert.Equal("1ae10b594f09e26a7e902ecbd0600691", Convert.ToHexStringLower(data.AsSpan(plain.Length)));
        Assert.True(cipher.TryOpen(nonce, data, additional, opened));
        Assert.Equal(plain, opened);
    }

    [Fact]
    public void Data_sealed_by_the_platform_with_ChaCha20_is_opened_and_one_changed_bit_is_refused()
    {
        Assert.SkipUnless(PlatformChaCha.IsSupported, "the platform has no ChaCha20-Poly1305");
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 40], Gen.Int[0, 10_000]).Sample(static (key, nonce, plain, additional, bit) =>
        {
            byte[] data = new byte[plain.Length + AeadCipher.TagLength];
            using var platform = new PlatformChaCha(key);
            platform.Encrypt(nonce, plain, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), additional);
            byte[] opened = new byte[plain.Length];
            var cipher = new ChaChaPolyCipher(key);
            bool isOpened = cipher.TryOpen(nonce, data, additional, opened) && opened.AsSpan().SequenceEqual(plain);
            data[bit / 8 % data.Length] ^= (byte)(1 << (bit & 7));
            return isOpened && !cipher.TryOpen(nonce, data, additional, opened);
        });
    }

#pragma warning disable CA5350, CA5351 // Old suites use them; here they are what the own code is compared with.
    [Fact]
    public void Hmac_equals_that_of_the_platform_for_every_hash() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Byte.Array[0, 400]).Sample(static (key, message) =>
            Code(HmacKind.Sha256, key, message).AsSpan().SequenceEqual(HMACSHA256.HashData(key, message))
            && Code(HmacKind.Sha384, key, message).AsSpan().SequenceEqual(HMACSHA384.HashData(key, message))
            && Code(HmacKind.Sha1, key, message).AsSpan().SequenceEqual(HMACSHA1.HashData(key, message))
            && Code(HmacKind.Md5, key, message).AsSpan().SequenceEqual(HMACMD5.HashData(key, message)));
#pragma warning restore CA5350, CA5351

    [Fact]
    public void Sha384_equals_that_of_the_platform() =>
        Gen.Byte.Array[0, 600].Sample(static data =>
        {
            byte[] digest = new byte[Sha384.Length];
            Sha384.Hash(data, digest);
            return digest.AsSpan().SequenceEqual(SHA384.HashData(data));
        });

    [Fact]
    public void Pseudo_random_function_is_as_published()
    {
        // The vector for SHA-256 that implementers of TLS 1.2 agreed on.
        byte[] output = new byte[100];

        TlsPrf.Derive(
            HmacKind.Sha256, Convert.FromHexString("9bbe436ba940f017b17652849a71db35"), "test label", Convert.FromHexString("a0ba9f936cda311827a6f796ffd5198c"), output);

        Assert.StartsWith("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a", Convert.ToHexStringLower(output), StringComparison.Ordinal);
        Assert.EndsWith("42c5a72e5a5110fff70187347b66", Convert.ToHexStringLower(output), StringComparison.Ordinal);
    }

    private static byte[] Code(HmacKind kind, byte[] key, byte[] message)
    {
        byte[] code = new byte[Hmac.LengthOf(kind)];
        Hmac.Compute(kind, key, message, code);
        return code;
    }
}
