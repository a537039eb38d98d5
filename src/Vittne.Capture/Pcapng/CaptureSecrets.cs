namespace Vittne.Capture.Pcapng;

/// <summary>Contents of a Decryption Secrets Block (pcapng section 4.7).</summary>
/// <param name="Type">What the secrets are for: one of the constants here, or another number.</param>
/// <param name="Data">The secrets as the block has them; for TLS the text of a key log file.</param>
public sealed record CaptureSecrets(uint Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>TLS key log (<c>TLSK</c>).</summary>
    public const uint TlsKeyLog = 0x544C534B;

    /// <summary>SSH key log (<c>SSHK</c>).</summary>
    public const uint SshKeyLog = 0x5353484B;

    /// <summary>WireGuard key log (<c>WGKL</c>).</summary>
    public const uint WireGuardKeyLog = 0x57474B4C;

    /// <summary>ZigBee network key (<c>ZNWK</c>).</summary>
    public const uint ZigBeeNetworkKey = 0x5A4E574B;

    /// <summary>ZigBee application support key (<c>ZAPS</c>).</summary>
    public const uint ZigBeeApplicationKey = 0x5A415053;

    /// <summary>OPC UA key log (<c>UAKL</c>).</summary>
    public const uint OpcUaKeyLog = 0x55414B4C;
}
