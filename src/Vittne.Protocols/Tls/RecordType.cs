namespace Vittne.Protocols.Tls;

/// <summary>Content types of records (RFC 8446 section 5.1).</summary>
internal static class RecordType
{
    /// <summary>change_cipher_spec.</summary>
    public const byte ChangeCipherSpec = 20;

    /// <summary>alert.</summary>
    public const byte Alert = 21;

    /// <summary>handshake.</summary>
    public const byte Handshake = 22;

    /// <summary>application_data.</summary>
    public const byte ApplicationData = 23;

    /// <summary>heartbeat (RFC 6520).</summary>
    public const byte Heartbeat = 24;

    /// <summary>Whether a byte can begin a record.</summary>
    public static bool IsKnown(byte type) => type is >= ChangeCipherSpec and <= Heartbeat;
}
