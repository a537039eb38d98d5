namespace Vittne.Trails.Index;

/// <summary>Sections of an index file. Numbers stand in files: append, never renumber.</summary>
internal enum SectionId : uint
{
    /// <summary>All texts: ends (u32 each), then UTF-8.</summary>
    Strings = 1,

    /// <summary>Sayings: info, reference (text numbers), severity, category.</summary>
    Metas = 2,

    /// <summary>A row a trail: saying, source.</summary>
    Rows = 3,

    /// <summary>Sources of trails that have several: count, then lines.</summary>
    SourceLists = 4,

    /// <summary>The lists.</summary>
    Lists = 5,

    /// <summary>Reference blocks: first line, first reference.</summary>
    Blocks = 6,

    /// <summary>References of the blocks (text numbers).</summary>
    BlockReferences = 7,

    /// <summary>Networks with trails.</summary>
    NetworkRanges = 8,

    /// <summary>Addresses and networks of the whitelist.</summary>
    WhitelistRanges = 9,

    /// <summary>Networks of the clean-up.</summary>
    CleanupRanges = 10,

    /// <summary>Rules for events to ignore (text numbers).</summary>
    IgnoreRules = 11,

    /// <summary>Counters of the build.</summary>
    Counters = 12,

    /// <summary>IPv4 addresses.</summary>
    AddressesV4 = 16,

    /// <summary>IPv4 addresses with port.</summary>
    EndpointsV4 = 17,

    /// <summary>IPv6 addresses.</summary>
    AddressesV6 = 18,

    /// <summary>IPv6 addresses with port.</summary>
    EndpointsV6 = 19,

    /// <summary>Networks, by their exact key.</summary>
    Networks = 20,

    /// <summary>Names.</summary>
    Domains = 21,

    /// <summary>URLs, paths, hosts with slash.</summary>
    Urls = 22,

    /// <summary>Hashes and fingerprints, the kind in front.</summary>
    Fingerprints = 23,

    /// <summary>Patterns, the kind in front.</summary>
    Patterns = 24,

    /// <summary>Dropped indicators, the kind in front.</summary>
    Drops = 32,

    /// <summary>A row a dropped indicator: saying, source, rule.</summary>
    DropRows = 33,

    /// <summary>Names of the whitelist.</summary>
    WhitelistDomains = 34,

    /// <summary>Other indicators of the whitelist, the kind in front.</summary>
    WhitelistOthers = 35,
}
