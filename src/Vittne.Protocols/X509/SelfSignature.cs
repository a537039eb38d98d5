using System.Numerics;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.X509;

/// <summary>Checks whether a certificate was signed with its own key: RSA with PKCS #1 padding (RFC 8017 section 8.2.2) and MD5, SHA-1 or SHA-256.</summary>
internal static class SelfSignature
{
    // Above it a hostile certificate would cost milliseconds; honest keys have 1,024 to 4,096 bits.
    private const int MaxModulusLength = 1_024;
    private const int MaxExponentLength = 4;

    /// <summary>Checks the signature.</summary>
    /// <param name="der">The whole certificate.</param>
    /// <returns>Null when this kind of signature cannot be checked, or the DER is broken.</returns>
    public static bool? Check(ReadOnlySpan<byte> der)
    {
        if (!new DerReader(der).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> content))
        {
            return null;
        }

        var outer = new DerReader(content);
        if (!outer.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> body))
        {
            return null;
        }

        ReadOnlySpan<byte> signed = content[..(content.Length - outer.RestLength)];
        if (!outer.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> algorithm) || !outer.TryTake(DerTag.BitString, out ReadOnlySpan<byte> signature)
            || signature.Length < 2 || !new DerReader(algorithm).TryTake(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type)
            || !TryReadKey(body, out ReadOnlySpan<byte> modulus, out ReadOnlySpan<byte> exponent))
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[Sha256.Length];
        switch (ObjectIdentifier.SignatureName(ObjectIdentifier.ToDotted(type)))
        {
            case "md5WithRSAEncryption":
                Md5.Hash(signed, digest);
                digest = digest[..Md5.Length];
                break;

            case "sha1WithRSAEncryption":
                Sha1.Hash(signed, digest);
                digest = digest[..Sha1.Length];
                break;

            case "sha256WithRSAEncryption":
                Sha256.Hash(signed, digest);
                break;

            default:
                return null;
        }

        return Holds(signature[1..], modulus, exponent, digest);
    }

    private static bool? Holds(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> digest)
    {
        if (signature.Length > MaxModulusLength)
        {
            return null;
        }

        var number = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        var power = BigInteger.ModPow(
            new BigInteger(signature, isUnsigned: true, isBigEndian: true), new BigInteger(exponent, isUnsigned: true, isBigEndian: true), number);

        // 00 01 FF … FF 00 DigestInfo: the leading zero is no byte of the number, and the digest ends it.
        byte[] padded = power.ToByteArray(isUnsigned: true, isBigEndian: true);
        return padded.Length == modulus.Length - 1 && padded is [1, 0xFF, 0xFF, ..] && padded.AsSpan().EndsWith(digest);
    }

    private static bool TryReadKey(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> modulus, out ReadOnlySpan<byte> exponent)
    {
        modulus = default;
        exponent = default;
        var reader = new DerReader(body);
        reader.TryTake(DerTag.Context0, out _);

        // Serial number, signature, issuer, validity, subject; then the key.
        for (int i = 0; i < 5; i++)
        {
            if (!reader.TryTake(out _, out _))
            {
                return false;
            }
        }

        if (!reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> key))
        {
            return false;
        }

        var parts = new DerReader(key);
        if (!parts.TryTake(DerTag.Sequence, out _) || !parts.TryTake(DerTag.BitString, out ReadOnlySpan<byte> bits) || bits.IsEmpty
            || !new DerReader(bits[1..]).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> rsa))
        {
            return false;
        }

        var numbers = new DerReader(rsa);
        if (!numbers.TryTake(DerTag.Integer, out modulus) || !numbers.TryTake(DerTag.Integer, out exponent))
        {
            return false;
        }

        modulus = modulus.TrimStart((byte)0);
        exponent = exponent.TrimStart((byte)0);
        return modulus.Length is > 32 and <= MaxModulusLength && exponent.Length is > 0 and <= MaxExponentLength;
    }
}
