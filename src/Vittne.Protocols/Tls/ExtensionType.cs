namespace Vittne.Protocols.Tls;

/// <summary>Numbers of the extensions that are read (IANA TLS ExtensionType values).</summary>
internal static class ExtensionType
{
    /// <summary>RFC 6066 section 3.</summary>
    public const ushort ServerName = 0x0000;

    /// <summary>RFC 8422 section 5.1.1, RFC 7919.</summary>
    public const ushort SupportedGroups = 0x000A;

    /// <summary>RFC 8422 section 5.1.2.</summary>
    public const ushort PointFormats = 0x000B;

    /// <summary>RFC 8446 section 4.2.3.</summary>
    public const ushort SignatureAlgorithms = 0x000D;

    /// <summary>RFC 7301.</summary>
    public const ushort ApplicationLayerProtocolNegotiation = 0x0010;

    /// <summary>RFC 7366: encrypt_then_mac.</summary>
    public const ushort EncryptThenMac = 0x0016;

    /// <summary>RFC 5077 section 3.2.</summary>
    public const ushort SessionTicket = 0x0023;

    /// <summary>RFC 8446 section 4.2.10.</summary>
    public const ushort EarlyData = 0x002A;

    /// <summary>RFC 8446 section 4.2.8.</summary>
    public const ushort KeyShare = 0x0033;

    /// <summary>RFC 9001 section 8.2: quic_transport_parameters.</summary>
    public const ushort QuicTransportParameters = 0x0039;

    /// <summary>The same in drafts before 33.</summary>
    public const ushort QuicTransportParametersDraft = 0xFFA5;

    /// <summary>RFC 8446 section 4.2.11.</summary>
    public const ushort PreSharedKey = 0x0029;

    /// <summary>RFC 8446 section 4.2.1.</summary>
    public const ushort SupportedVersions = 0x002B;

    /// <summary>RFC 9849 section 5: encrypted_client_hello.</summary>
    public const ushort EncryptedClientHello = 0xFE0D;

    /// <summary>The draft before it: encrypted_server_name.</summary>
    public const ushort EncryptedServerName = 0xFFCE;
}
