namespace Vittne.Protocols.Secrets;

/// <summary>The recorded secrets of one connection; null for those that were not recorded.</summary>
internal sealed class SessionSecrets
{
    /// <summary>Master secret of TLS up to 1.2, 48 bytes.</summary>
    public byte[]? Master { get; set; }

    /// <summary>What encrypts the client's part of the handshake (RFC 8446 section 7.1).</summary>
    public byte[]? ClientHandshake { get; set; }

    /// <summary>What encrypts the server's part of the handshake.</summary>
    public byte[]? ServerHandshake { get; set; }

    /// <summary>What encrypts the client's data up to the first update of keys.</summary>
    public byte[]? ClientTraffic { get; set; }

    /// <summary>What encrypts the server's data up to the first update of keys.</summary>
    public byte[]? ServerTraffic { get; set; }
}
