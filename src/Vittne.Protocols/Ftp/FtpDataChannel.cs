using Vittne.Packets;

namespace Vittne.Protocols.Ftp;

/// <summary>Where the data of the next transfer will flow (RFC 959 section 3.2, RFC 2428).</summary>
/// <param name="IsPassive">True when the server listens (PASV, EPSV), false when the client does (PORT, EPRT).</param>
/// <param name="Address">Address of who listens.</param>
/// <param name="Port">Port that it listens on.</param>
public sealed record FtpDataChannel(bool IsPassive, IpAddress Address, ushort Port);
