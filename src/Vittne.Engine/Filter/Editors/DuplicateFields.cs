namespace Vittne.Engine.Filter.Editors;

/// <summary>Header fields in which copies of one packet differ, depending on where they were recorded.</summary>
[Flags]
public enum DuplicateFields
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Time to live or hop limit, and the header checksum that covers it.</summary>
    Ttl = 1,

    /// <summary>Checksums of IPv4, TCP, UDP, ICMP and ICMPv6.</summary>
    Checksum = 2,

    /// <summary>VLAN tags.</summary>
    Vlan = 4,

    /// <summary>Hardware addresses.</summary>
    Mac = 8,
}
