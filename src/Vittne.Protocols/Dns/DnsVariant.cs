namespace Vittne.Protocols.Dns;

/// <summary>Protocols that share the DNS message format.</summary>
public enum DnsVariant : byte
{
    /// <summary>Unicast DNS, RFC 1035.</summary>
    Dns,

    /// <summary>Multicast DNS, RFC 6762.</summary>
    Mdns,

    /// <summary>Link-local multicast name resolution, RFC 4795.</summary>
    Llmnr,
}
