namespace Vittne.Trails;

/// <summary>What an indicator is, and so what it is compared with. Numbers stand in index files: append, never renumber.</summary>
public enum TrailKind : byte
{
    /// <summary>IPv4 or IPv6 address.</summary>
    Address = 1,

    /// <summary>Address and port.</summary>
    Endpoint = 2,

    /// <summary>Network in CIDR notation.</summary>
    Network = 3,

    /// <summary>Domain name: itself and all below. Also top-level and single labels.</summary>
    Domain = 4,

    /// <summary>Regular expression searched in domain names.</summary>
    DomainPattern = 5,

    /// <summary>URL without scheme: <c>host/path</c>, <c>host:port/path</c>.</summary>
    Url = 6,

    /// <summary>Path on any host; begins with <c>/</c>.</summary>
    Path = 7,

    /// <summary><c>host/</c>: any HTTP request to that host.</summary>
    HostSlash = 8,

    /// <summary>Regular expression searched in User-Agent values.</summary>
    UserAgent = 9,

    /// <summary>MD5, SHA-1 or SHA-256 of a certificate, lower-case hex.</summary>
    Certificate = 10,

    /// <summary>JA3 client fingerprint.</summary>
    Ja3 = 11,

    /// <summary>JA3S server fingerprint.</summary>
    Ja3s = 12,

    /// <summary>JA4 client fingerprint.</summary>
    Ja4 = 13,

    /// <summary>HASSH or HASSHserver fingerprint.</summary>
    Hassh = 14,

    /// <summary>Hash of a file.</summary>
    FileHash = 15,
}
