namespace Vittne.Engine.Output.Remote;

/// <summary>How messages travel to a remote target.</summary>
public enum RemoteTransport : byte
{
    /// <summary>A datagram a message.</summary>
    Udp,

    /// <summary>A stream; each message with its length before it (RFC 6587 section 3.4.1).</summary>
    Tcp,

    /// <summary>The same inside TLS (RFC 5425).</summary>
    Tls,
}
