namespace Vittne.Trails.Export;

/// <summary>Formats that trails can be written in.</summary>
public enum ExportFormat
{
    /// <summary>One indicator a line.</summary>
    Plain,

    /// <summary>Maltrail's <c>trails.csv</c>: trail, info, reference.</summary>
    Csv,

    /// <summary>Hosts file.</summary>
    Hosts,

    /// <summary>Response policy zone for name servers.</summary>
    Rpz,

    /// <summary>STIX 2.1 bundle.</summary>
    Stix,

    /// <summary>MISP event.</summary>
    Misp,

    /// <summary>Suricata rules.</summary>
    Suricata,

    /// <summary>Zeek intelligence file.</summary>
    Zeek,

    /// <summary>Input of <c>ipset restore</c>.</summary>
    Ipset,
}
