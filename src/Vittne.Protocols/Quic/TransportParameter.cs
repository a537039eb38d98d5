namespace Vittne.Protocols.Quic;

/// <summary>One transport parameter of a client (RFC 9000 section 18).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Value">Its value as sent.</param>
public sealed record TransportParameter(long Id, byte[] Value)
{
    /// <summary>Google's extension that names the client software.</summary>
    public const long UserAgent = 0x3129;
}
