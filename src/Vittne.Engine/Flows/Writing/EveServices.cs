namespace Vittne.Engine.Flows.Writing;

/// <summary>Suricata's names of application protocols for ours, where they differ, and back.</summary>
internal static class EveServices
{
    /// <summary>Suricata's name.</summary>
    public static string? ToEve(string? service) => service switch
    {
        "kerberos" or "krb" => "krb5",
        "postgresql" or "postgres" => "pgsql",
        "vnc" => "rfb",
        "bittorrent_dht" => "bittorrent-dht",
        _ => service,
    };

    /// <summary>Our name; null for what says that nothing was recognised.</summary>
    public static string? FromEve(string service) => service switch
    {
        "failed" or "unknown" => null,
        "krb5" => "krb",
        _ => service,
    };
}
