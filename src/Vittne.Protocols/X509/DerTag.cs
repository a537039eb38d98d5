namespace Vittne.Protocols.X509;

/// <summary>Tag bytes that certificates use (X.680 section 8.6), constructed bit included.</summary>
internal static class DerTag
{
    /// <summary>BOOLEAN.</summary>
    public const byte Boolean = 0x01;

    /// <summary>INTEGER.</summary>
    public const byte Integer = 0x02;

    /// <summary>BIT STRING.</summary>
    public const byte BitString = 0x03;

    /// <summary>OCTET STRING.</summary>
    public const byte OctetString = 0x04;

    /// <summary>OBJECT IDENTIFIER.</summary>
    public const byte ObjectIdentifier = 0x06;

    /// <summary>UTF8String.</summary>
    public const byte Utf8String = 0x0C;

    /// <summary>UTCTime.</summary>
    public const byte UtcTime = 0x17;

    /// <summary>GeneralizedTime.</summary>
    public const byte GeneralizedTime = 0x18;

    /// <summary>BMPString: UTF-16, high byte first.</summary>
    public const byte BmpString = 0x1E;

    /// <summary>UniversalString: UTF-32, high byte first.</summary>
    public const byte UniversalString = 0x1C;

    /// <summary>SEQUENCE.</summary>
    public const byte Sequence = 0x30;

    /// <summary>SET.</summary>
    public const byte Set = 0x31;

    /// <summary>Context tag 0, constructed.</summary>
    public const byte Context0 = 0xA0;

    /// <summary>Context tag 3, constructed.</summary>
    public const byte Context3 = 0xA3;
}
