namespace Vittne.Protocols.X509;

/// <summary>The extensions keyUsage and extKeyUsage as names (RFC 5280 sections 4.2.1.3 and 4.2.1.12).</summary>
internal static class KeyPurposes
{
    // More are no purposes of one key; the text would be hostile in length.
    private const int MaxPurposes = 64;

    private static readonly string[] UsageNames =
    [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly",
        "decipherOnly",
    ];

    /// <summary>Names of the bits that are set; bits without a name are left out.</summary>
    public static List<string> ReadUsage(ReadOnlySpan<byte> value)
    {
        List<string> names = [];
        if (new DerReader(value).TryTake(DerTag.BitString, out ReadOnlySpan<byte> bits) && bits.Length > 1)
        {
            for (int bit = 0; bit < UsageNames.Length && bit < (bits.Length - 1) * 8; bit++)
            {
                if ((bits[1 + (bit / 8)] & (0x80 >> (bit % 8))) != 0)
                {
                    names.Add(UsageNames[bit]);
                }
            }
        }

        return names;
    }

    /// <summary>Names of the extended purposes; the dotted form of those without one.</summary>
    public static List<string> ReadExtended(ReadOnlySpan<byte> value)
    {
        List<string> names = [];
        if (new DerReader(value).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> list))
        {
            var purposes = new DerReader(list);
            while (names.Count < MaxPurposes && purposes.TryTake(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> purpose))
            {
                names.Add(Name(ObjectIdentifier.ToDotted(purpose)));
            }
        }

        return names;
    }

    private static string Name(string dotted) => dotted switch
    {
        "1.3.6.1.5.5.7.3.1" => "serverAuth",
        "1.3.6.1.5.5.7.3.2" => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.5" => "ipsecEndSystem",
        "1.3.6.1.5.5.7.3.6" => "ipsecTunnel",
        "1.3.6.1.5.5.7.3.7" => "ipsecUser",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        "1.3.6.1.5.5.7.3.17" => "ipsecIKE",
        "1.3.6.1.4.1.311.10.3.3" => "msSGC",
        "1.3.6.1.4.1.311.20.2.2" => "msSmartcardLogin",
        "2.16.840.1.113730.4.1" => "nsSGC",
        "2.5.29.37.0" => "anyExtendedKeyUsage",
        _ => dotted,
    };
}
