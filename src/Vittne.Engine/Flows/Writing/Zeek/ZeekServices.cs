using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing.Zeek;

/// <summary>Zeek's names of services for ours, where they differ, and back.</summary>
internal static class ZeekServices
{
    /// <summary>Zeek's name.</summary>
    public static string ToZeek(string service, int protocol) => service switch
    {
        "tls" => "ssl",
        "nbns" or "mdns" or "llmnr" => "dns",
        "kerberos" or "krb" or "krb5" => protocol == IpProtocol.Tcp ? "krb_tcp" : "krb",
        "ldap" => protocol == IpProtocol.Udp ? "ldap_udp" : "ldap_tcp",
        "gtp" => "gtpv1",
        "dcerpc" => "dce_rpc",
        _ => service,
    };

    /// <summary>Our name.</summary>
    public static string FromZeek(string service) => service switch
    {
        "ssl" => "tls",
        "krb_tcp" => "krb",
        "ldap_tcp" or "ldap_udp" => "ldap",
        "gtpv1" => "gtp",
        "dce_rpc" => "dcerpc",
        _ => service,
    };
}
