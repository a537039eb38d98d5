namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Kinds of attack that a request can carry, in the order in which they are told.</summary>
internal enum InjectionClass : byte
{
    Sql,
    Xml,
    Php,
    Ldap,
    Xss,
    Xxe,
    Ssti,
    DataLeakage,
    ConfigFile,
    RemoteCode,
    Traversal,
    WebScan,
    DnsChanger,
}
