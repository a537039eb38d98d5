namespace Vittne.Trails.Heuristics.Requests;

/// <summary>What events call the classes; consumers filter on these texts.</summary>
internal static class InjectionNames
{
    public static string InfoOf(InjectionClass injection) => injection switch
    {
        InjectionClass.Sql => "potential sql injection (suspicious)",
        InjectionClass.Xml => "potential xml injection (suspicious)",
        InjectionClass.Php => "potential php injection (suspicious)",
        InjectionClass.Ldap => "potential ldap injection (suspicious)",
        InjectionClass.Xss => "potential xss injection (suspicious)",
        InjectionClass.Xxe => "potential xxe injection (suspicious)",
        InjectionClass.Ssti => "potential ssti injection (suspicious)",
        InjectionClass.DataLeakage => "potential data leakage (suspicious)",
        InjectionClass.ConfigFile => "config file access (suspicious)",
        InjectionClass.RemoteCode => "potential remote code execution (suspicious)",
        InjectionClass.Traversal => "potential directory traversal (suspicious)",
        InjectionClass.WebScan => "potential web scan (suspicious)",
        _ => "potential dns changer (suspicious)",
    };
}
