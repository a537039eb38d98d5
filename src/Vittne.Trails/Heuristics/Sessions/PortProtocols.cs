using System.Collections.Frozen;
using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>What belongs on a well-known port, out of the protocols that are recognised.</summary>
/// <param name="Names">Their names, separated by blanks; empty for a port on which anything may be.</param>
internal readonly record struct PortProtocols(string Names)
{
    private static readonly FrozenDictionary<ushort, string> Tcp = new Dictionary<ushort, string>
    {
        [21] = "ftp tls",
        [22] = "ssh",
        [23] = "telnet",
        [25] = "smtp tls",
        [53] = "dns",
        [80] = "http tls",
        [110] = "pop3 tls",
        [143] = "imap tls",
        // DNSCrypt has this port too.
        [443] = "tls http dns",
        [445] = "smb",
        [465] = "tls smtp",
        [587] = "smtp tls",
        [853] = "tls",
        [993] = "tls",
        [995] = "tls",
        [3389] = "rdp tls",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<ushort, string> Udp = new Dictionary<ushort, string>
    {
        [53] = "dns",
        [67] = "dhcp",
        [69] = "tftp",
        [123] = "ntp",
        [161] = "snmp",
        [443] = "quic dns",
        [500] = "ike",
        [514] = "syslog",
        [4500] = "ike",
    }.ToFrozenDictionary();

    /// <summary>True for a port on which anything may be.</summary>
    public bool IsAny => Names is null or "";

    /// <summary>What belongs on a port.</summary>
    public static PortProtocols Of(ushort port, byte transport) => port > 4500 ? default : transport switch
    {
        IpProtocol.Tcp => new PortProtocols(Tcp.GetValueOrDefault(port, "")),
        IpProtocol.Udp => new PortProtocols(Udp.GetValueOrDefault(port, "")),
        _ => default,
    };

    /// <summary>True when a protocol belongs there.</summary>
    public bool Holds(string protocol)
    {
        foreach (Range range in Names.AsSpan().Split(' '))
        {
            if (Names.AsSpan()[range].SequenceEqual(protocol))
            {
                return true;
            }
        }

        return false;
    }
}
