namespace Vittne.Trails.Lists;

/// <summary>How a list is written. Stored in index files: append only.</summary>
public enum ListFormat : byte
{
    /// <summary>Maltrail static list.</summary>
    StaticList,

    /// <summary>Three columns <c>trail,info,reference</c>, final.</summary>
    TrailsCsv,

    /// <summary>Two columns <c>trail,info</c>.</summary>
    StaticCsv,

    /// <summary>CSV whose first row names the columns.</summary>
    HeaderCsv,

    /// <summary>One indicator a line.</summary>
    PlainList,

    /// <summary>Hosts file.</summary>
    Hosts,

    /// <summary>Adblock filter list.</summary>
    Adblock,

    /// <summary>Configuration of dnsmasq.</summary>
    Dnsmasq,

    /// <summary>Response policy zone.</summary>
    ResponsePolicyZone,

    /// <summary>Configuration of Unbound.</summary>
    Unbound,

    /// <summary>What is never told.</summary>
    Whitelist,

    /// <summary>Rules for events to ignore.</summary>
    IgnoreEvents,

    /// <summary>User-Agent patterns.</summary>
    UserAgents,

    /// <summary>Networks of content delivery.</summary>
    CdnRanges,

    /// <summary>Networks that are never on the Internet.</summary>
    BogonRanges,

    /// <summary>Known data that holds no trails.</summary>
    Unused,

    /// <summary>STIX 2.1 bundle, or a page of objects of a TAXII server.</summary>
    Stix,

    /// <summary>MISP event.</summary>
    Misp,

    /// <summary>OpenIOC document.</summary>
    OpenIoc,

    /// <summary>Suricata rules.</summary>
    SuricataRules,

    /// <summary>A feed as <c>trails update</c> keeps it.</summary>
    Feed,
}
