using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>Watches the messages of a handshake to tell of it as a whole. Made only when somebody wants that.</summary>
internal abstract class HandshakeObserver
{
    /// <summary>A ClientHello that could be read.</summary>
    public abstract void OnClientHello(ReadOnlySpan<byte> message, bool isSslV2, Direction direction, in PacketStamp at);

    /// <summary>A ServerHello or HelloRetryRequest that could be read.</summary>
    public abstract void OnServerHello(ReadOnlySpan<byte> message, in ServerHello hello, Direction direction, in PacketStamp at);

    /// <summary>Certificates of a side.</summary>
    public virtual void OnCertificates(IReadOnlyList<byte[]> certificates, Direction direction, in PacketStamp at)
    {
    }

    /// <summary>EncryptedExtensions of TLS 1.3, opened with recorded secrets.</summary>
    public virtual void OnEncryptedExtensions(ReadOnlySpan<byte> message, in PacketStamp at)
    {
    }

    /// <summary>A ServerKeyExchange.</summary>
    public virtual void OnServerKeyExchange(ReadOnlySpan<byte> message, in PacketStamp at)
    {
    }
}
