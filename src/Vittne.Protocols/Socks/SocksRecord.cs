using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Socks;

/// <summary>One request to a SOCKS proxy with its answer (SOCKS 4, 4a; RFC 1928, RFC 1929).</summary>
public sealed record SocksRecord : Record
{
    /// <summary>4 or 5.</summary>
    public required byte Version { get; init; }

    /// <summary>1 connect, 2 bind, 3 UDP associate.</summary>
    public required byte Command { get; init; }

    /// <summary>Name of the target; null when the request has an address.</summary>
    public string? Host { get; init; }

    /// <summary>Address of the target; null when the request has a name.</summary>
    public IpAddress? Address { get; init; }

    /// <summary>Port of the target.</summary>
    public required ushort Port { get; init; }

    /// <summary>Code of the reply as sent: 90 in version 4 and 0 in version 5 grant; null when none was seen.</summary>
    public byte? Reply { get; init; }

    /// <summary>Number of the method that the proxy chose (version 5): 0 none, 1 GSSAPI, 2 user name and password; null when it was not seen.</summary>
    public byte? Method { get; init; }

    /// <summary>User id of version 4, user name of RFC 1929; null without one.</summary>
    public string? User { get; init; }

    /// <summary>Password of RFC 1929; null without one.</summary>
    public string? Password { get; init; }
}
