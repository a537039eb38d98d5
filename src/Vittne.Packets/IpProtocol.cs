namespace Vittne.Packets;

/// <summary>Protocol numbers of the IP header (IANA "Assigned Internet Protocol Numbers") that the code names.</summary>
public static class IpProtocol
{
    /// <summary>ICMP, RFC 792.</summary>
    public const byte Icmp = 1;

    /// <summary>TCP, RFC 9293.</summary>
    public const byte Tcp = 6;

    /// <summary>UDP, RFC 768.</summary>
    public const byte Udp = 17;

    /// <summary>ICMPv6, RFC 4443.</summary>
    public const byte IcmpV6 = 58;

    /// <summary>SCTP, RFC 9260.</summary>
    public const byte Sctp = 132;
}
