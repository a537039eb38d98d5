using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Quic;

/// <summary>The Initial keys of both sides, which follow from a connection id that everyone sees (RFC 9001 section 5.2).</summary>
internal sealed class InitialKeys
{
    private readonly byte[] _secret = new byte[Sha256.Length];
    private readonly byte[] _connectionId;
    private readonly bool _isVersion2;
    private PacketProtection? _client;
    private PacketProtection? _server;

    /// <summary>Derives the common secret.</summary>
    /// <param name="version">The version; one with a salt.</param>
    /// <param name="connectionId">The client's first destination connection id.</param>
    public InitialKeys(in QuicVersion version, ReadOnlySpan<byte> connectionId)
    {
        VersionNumber = version.Number;
        _isVersion2 = version.IsVersion2;
        _connectionId = connectionId.ToArray();
        Hkdf.Extract(HmacKind.Sha256, version.Salt, connectionId, _secret);
    }

    /// <summary>The version that the keys are for.</summary>
    public uint VersionNumber { get; }

    /// <summary>The connection id that they come from.</summary>
    public ReadOnlySpan<byte> ConnectionId => _connectionId;

    /// <summary>Opens what the client sends.</summary>
    public PacketProtection Client => _client ??= Derive("client in");

    /// <summary>Opens what the server sends.</summary>
    public PacketProtection Server => _server ??= Derive("server in");

    private PacketProtection Derive(string label)
    {
        Span<byte> secret = stackalloc byte[Sha256.Length];
        Hkdf.ExpandLabel(HmacKind.Sha256, _secret, label, secret);
        return new PacketProtection(BulkCipher.Initial, secret, _isVersion2);
    }
}
