namespace Vittne.Protocols.Dns;

/// <summary>Record types that the code names (IANA "Resource Record (RR) TYPEs").</summary>
public static class DnsType
{
    /// <summary>A, an IPv4 address (RFC 1035 section 3.4.1).</summary>
    public const ushort A = 1;

    /// <summary>NS, a name server (RFC 1035 section 3.3.11).</summary>
    public const ushort Ns = 2;

    /// <summary>CNAME, the canonical name (RFC 1035 section 3.3.1).</summary>
    public const ushort Cname = 5;

    /// <summary>SOA, start of a zone of authority (RFC 1035 section 3.3.13).</summary>
    public const ushort Soa = 6;

    /// <summary>PTR, a pointer to a name (RFC 1035 section 3.3.12).</summary>
    public const ushort Ptr = 12;

    /// <summary>MX, a mail exchange (RFC 1035 section 3.3.9).</summary>
    public const ushort Mx = 15;

    /// <summary>TXT, text strings (RFC 1035 section 3.3.14).</summary>
    public const ushort Txt = 16;

    /// <summary>AAAA, an IPv6 address (RFC 3596 section 2.1).</summary>
    public const ushort Aaaa = 28;

    /// <summary>SRV, location of a service (RFC 2782).</summary>
    public const ushort Srv = 33;

    /// <summary>DNAME, redirection of a subtree (RFC 6672).</summary>
    public const ushort Dname = 39;

    /// <summary>OPT, pseudo record of EDNS (RFC 6891 section 6.1).</summary>
    public const ushort Opt = 41;

    /// <summary>SVCB, service binding (RFC 9460).</summary>
    public const ushort Svcb = 64;

    /// <summary>HTTPS, service binding of web servers (RFC 9460).</summary>
    public const ushort Https = 65;

    /// <summary>ANY, all records (RFC 1035 section 3.2.3).</summary>
    public const ushort Any = 255;
}
