using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Vittne.Protocols.X509;

/// <summary>
/// What an X.509 certificate says (RFC 5280), and the hashes by which lists name it. Hashes and length are always there; the rest as far
/// as the DER goes (<see cref="IsDamaged"/>). Nothing is verified but the signature of a certificate that names itself as issuer.
/// </summary>
public sealed class X509Certificate
{
    private readonly byte[] _der;
    private bool? _isSelfSigned;

    private X509Certificate(ReadOnlySpan<byte> der) => _der = der.ToArray();

    /// <summary>Length of the DER in bytes.</summary>
    public int LengthBytes => _der.Length;

    /// <summary>MD5 of the DER, lower-case hex.</summary>
    public string Md5 => field ??= Crypto.Md5.HashHex(_der);

    /// <summary>SHA-1 of the DER, lower-case hex.</summary>
    public string Sha1 => field ??= Crypto.Sha1.HashHex(_der);

    /// <summary>SHA-256 of the DER, lower-case hex.</summary>
    public string Sha256 => field ??= Crypto.Sha256.HashHex(_der);

    /// <summary>True when the DER is broken somewhere: fields behind that place are missing.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>1, 2 or 3; 0 when it could not be read.</summary>
    public int Version { get; private set; }

    /// <summary>Serial number: upper-case hex of the magnitude, without a leading zero octet.</summary>
    public string Serial { get; private set; } = "";

    /// <summary>Subject as RFC 4514 text, most specific part first.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Issuer as RFC 4514 text, most specific part first.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>CN values of the subject.</summary>
    public IReadOnlyList<string> SubjectCommonNames { get; private set; } = [];

    /// <summary>CN values of the issuer.</summary>
    public IReadOnlyList<string> IssuerCommonNames { get; private set; } = [];

    /// <summary>O values of the subject.</summary>
    public IReadOnlyList<string> SubjectOrganizations { get; private set; } = [];

    /// <summary>O values of the issuer.</summary>
    public IReadOnlyList<string> IssuerOrganizations { get; private set; } = [];

    /// <summary>Start of validity, seconds since 1970 UTC; null when it could not be read.</summary>
    public long? NotBefore { get; private set; }

    /// <summary>End of validity, seconds since 1970 UTC; null when it could not be read.</summary>
    public long? NotAfter { get; private set; }

    /// <summary>Signature algorithm by name, or its dotted number.</summary>
    public string SignatureAlgorithm { get; private set; } = "";

    /// <summary><c>rsa</c>, <c>ec</c>, <c>dsa</c>, <c>ed25519</c>, <c>ed448</c> or a dotted number; empty when it could not be read.</summary>
    public string KeyType { get; private set; } = "";

    /// <summary>Size of the key in bits; 0 when it is not known.</summary>
    public int KeyBits { get; private set; }

    /// <summary>Named curve of an EC key; empty for others.</summary>
    public string Curve { get; private set; } = "";

    /// <summary>True when basic constraints say that it is a CA.</summary>
    public bool IsAuthority { get; private set; }

    /// <summary>What basic constraints say of being a CA; null without that extension.</summary>
    public bool? BasicConstraintsAuthority { get; private set; }

    /// <summary>Purposes of the key by their names in RFC 5280 section 4.2.1.3; empty without that extension.</summary>
    public IReadOnlyList<string> KeyUsage { get; private set; } = [];

    /// <summary>Extended purposes by name, or dotted; empty without that extension.</summary>
    public IReadOnlyList<string> ExtendedKeyUsage { get; private set; } = [];

    /// <summary>True when issuer and subject are the same bytes.</summary>
    public bool IsSelfIssued { get; private set; }

    /// <summary>True when it is self-issued and its own key made the signature, or the kind of signature cannot be checked.</summary>
    public bool IsSelfSigned => IsSelfIssued && (_isSelfSigned ??= SelfSignature.Check(_der) != false);

    /// <summary>dNSName values of subjectAltName, as sent.</summary>
    public IReadOnlyList<string> DnsNames => Alternatives.DnsNames;

    /// <summary>iPAddress values of subjectAltName as text.</summary>
    public IReadOnlyList<string> IpAddresses => Alternatives.IpAddresses;

    /// <summary>rfc822Name values of subjectAltName.</summary>
    public IReadOnlyList<string> EmailAddresses => Alternatives.EmailAddresses;

    /// <summary>uniformResourceIdentifier values of subjectAltName.</summary>
    public IReadOnlyList<string> Uris => Alternatives.Uris;

    private AlternativeNames Alternatives { get; } = new();

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">Its DER.</param>
    /// <param name="certificate">Hashes and length in any case; fields when the result is true.</param>
    /// <returns>False when it is no certificate, or broken before its names.</returns>
    public static bool TryParse(ReadOnlySpan<byte> der, out X509Certificate certificate)
    {
        certificate = new X509Certificate(der);
        var outer = new DerReader(der);
        if (!outer.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> signed) || !new DerReader(signed).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> body))
        {
            certificate.IsDamaged = true;
            return false;
        }

        certificate.IsDamaged = !outer.IsAtEnd;
        return certificate.TryReadBody(body);
    }

    private bool TryReadBody(ReadOnlySpan<byte> body)
    {
        var reader = new DerReader(body);
        Version = 1;
        if (reader.TryTake(DerTag.Context0, out ReadOnlySpan<byte> version) && new DerReader(version).TryTake(DerTag.Integer, out ReadOnlySpan<byte> number)
            && number.Length == 1)
        {
            Version = number[0] + 1;
        }

        if (!reader.TryTake(DerTag.Integer, out ReadOnlySpan<byte> serial) || !reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> signature)
            || !reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> issuer) || !reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> validity)
            || !reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> subject))
        {
            IsDamaged = true;
            return false;
        }

        Serial = SerialText(serial);
        SignatureAlgorithm = ObjectIdentifier.SignatureName(Algorithm(signature, out _));
        DistinguishedName issuerName = DistinguishedName.Read(issuer, out bool isIssuerDamaged);
        DistinguishedName subjectName = DistinguishedName.Read(subject, out bool isSubjectDamaged);
        (Issuer, IssuerCommonNames, IssuerOrganizations) = (issuerName.Text, issuerName.CommonNames, issuerName.Organizations);
        (Subject, SubjectCommonNames, SubjectOrganizations) = (subjectName.Text, subjectName.CommonNames, subjectName.Organizations);
        IsSelfIssued = issuer.SequenceEqual(subject);
        IsDamaged |= isIssuerDamaged || isSubjectDamaged;
        ReadValidity(validity);
        if (reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> key))
        {
            ReadKey(key);
        }
        else
        {
            IsDamaged = true;
        }

        while (reader.TryTake(out byte tag, out ReadOnlySpan<byte> content))
        {
            if (tag == DerTag.Context3)
            {
                ReadExtensions(content);
            }
        }

        IsDamaged |= !reader.IsAtEnd;
        return true;
    }

    [SuppressMessage("Globalization", "CA1305:Specify IFormatProvider", Justification = "Hex digits have no culture.")]
    private static string SerialText(ReadOnlySpan<byte> serial)
    {
        bool isNegative = !serial.IsEmpty && (serial[0] & 0x80) != 0;
        if (isNegative)
        {
            // Two's complement; RFC 5280 forbids it, and such certificates exist.
            return Convert.ToHexString(BigInteger.Abs(new BigInteger(serial, isUnsigned: false, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true));
        }

        return Convert.ToHexString(serial.Length > 1 && serial[0] == 0 ? serial[1..] : serial);
    }

    private static string Algorithm(ReadOnlySpan<byte> identifier, out ReadOnlySpan<byte> parameters)
    {
        var reader = new DerReader(identifier);
        parameters = default;
        if (!reader.TryTake(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type))
        {
            return "";
        }

        if (!reader.TryTake(DerTag.ObjectIdentifier, out parameters) && reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> sequence))
        {
            parameters = sequence;
        }

        return ObjectIdentifier.ToDotted(type);
    }

    private void ReadValidity(ReadOnlySpan<byte> validity)
    {
        var reader = new DerReader(validity);
        if (reader.TryTake(out byte tag, out ReadOnlySpan<byte> time) && DerText.TryReadTime(tag, time, out long start))
        {
            NotBefore = start;
        }

        if (reader.TryTake(out tag, out time) && DerText.TryReadTime(tag, time, out long end))
        {
            NotAfter = end;
        }

        IsDamaged |= NotBefore is null || NotAfter is null;
    }

    private void ReadKey(ReadOnlySpan<byte> key)
    {
        var reader = new DerReader(key);
        if (!reader.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> identifier) || !reader.TryTake(DerTag.BitString, out ReadOnlySpan<byte> bits)
            || bits.IsEmpty)
        {
            IsDamaged = true;
            return;
        }

        string algorithm = Algorithm(identifier, out ReadOnlySpan<byte> parameters);
        switch (algorithm)
        {
            case "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10":
                KeyType = "rsa";
                if (new DerReader(bits[1..]).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> rsa) && new DerReader(rsa).TryTake(DerTag.Integer, out ReadOnlySpan<byte> modulus))
                {
                    KeyBits = BitLength(modulus);
                }

                break;

            case "1.2.840.10045.2.1":
                KeyType = "ec";
                (Curve, KeyBits) = NamedCurve(ObjectIdentifier.ToDotted(parameters));
                break;

            case "1.2.840.10040.4.1":
                KeyType = "dsa";
                if (new DerReader(parameters).TryTake(DerTag.Integer, out ReadOnlySpan<byte> prime))
                {
                    KeyBits = BitLength(prime);
                }

                break;

            case "1.3.101.112":
                (KeyType, KeyBits) = ("ed25519", 256);
                break;

            case "1.3.101.113":
                (KeyType, KeyBits) = ("ed448", 456);
                break;

            default:
                KeyType = algorithm;
                break;
        }
    }

    private static (string Name, int Bits) NamedCurve(string dotted) => dotted switch
    {
        "1.2.840.10045.3.1.7" => ("secp256r1", 256),
        "1.3.132.0.34" => ("secp384r1", 384),
        "1.3.132.0.35" => ("secp521r1", 521),
        "1.3.132.0.10" => ("secp256k1", 256),
        "1.3.132.0.33" => ("secp224r1", 224),
        "1.2.840.10045.3.1.1" => ("secp192r1", 192),
        _ => (dotted, 0),
    };

    private static int BitLength(ReadOnlySpan<byte> magnitude)
    {
        magnitude = magnitude.TrimStart((byte)0);
        return magnitude.IsEmpty ? 0 : (magnitude.Length * 8) - (BitOperations.LeadingZeroCount((uint)magnitude[0]) - 24);
    }

    private void ReadExtensions(ReadOnlySpan<byte> content)
    {
        if (!new DerReader(content).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> list))
        {
            IsDamaged = true;
            return;
        }

        var extensions = new DerReader(list);
        while (extensions.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> extension))
        {
            var reader = new DerReader(extension);
            if (!reader.TryTake(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type))
            {
                IsDamaged = true;
                continue;
            }

            reader.TryTake(DerTag.Boolean, out _);
            if (!reader.TryTake(DerTag.OctetString, out ReadOnlySpan<byte> value))
            {
                IsDamaged = true;
                continue;
            }

            // id-ce-basicConstraints, keyUsage, extKeyUsage and subjectAltName: 2.5.29.19, .15, .37 and .17.
            if (type.SequenceEqual<byte>([0x55, 0x1D, 0x13]))
            {
                IsAuthority = new DerReader(value).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> constraints)
                    && new DerReader(constraints).TryTake(DerTag.Boolean, out ReadOnlySpan<byte> flag) && flag is [not 0];
                BasicConstraintsAuthority = IsAuthority;
            }
            else if (type.SequenceEqual<byte>([0x55, 0x1D, 0x0F]))
            {
                KeyUsage = KeyPurposes.ReadUsage(value);
            }
            else if (type.SequenceEqual<byte>([0x55, 0x1D, 0x25]))
            {
                ExtendedKeyUsage = KeyPurposes.ReadExtended(value);
            }
            else if (type.SequenceEqual<byte>([0x55, 0x1D, 0x11]))
            {
                IsDamaged |= !Alternatives.TryRead(value);
            }
        }

        IsDamaged |= !extensions.IsAtEnd;
    }
}
