using System.Buffers.Binary;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Which table holds which keys, and how they are hashed there.</summary>
internal static class TableKind
{
    /// <summary>The tables of trails in the order of their numbers.</summary>
    public static ReadOnlySpan<SectionId> All =>
    [
        SectionId.AddressesV4, SectionId.EndpointsV4, SectionId.AddressesV6, SectionId.EndpointsV6, SectionId.Networks, SectionId.Domains,
        SectionId.Urls, SectionId.Fingerprints, SectionId.Patterns,
    ];

    /// <summary>The table for an indicator.</summary>
    public static SectionId Of(TrailKind kind, int keyLength) => kind switch
    {
        TrailKind.Address => keyLength == 4 ? SectionId.AddressesV4 : SectionId.AddressesV6,
        TrailKind.Endpoint => keyLength == 6 ? SectionId.EndpointsV4 : SectionId.EndpointsV6,
        TrailKind.Network => SectionId.Networks,
        TrailKind.Domain => SectionId.Domains,
        TrailKind.Url or TrailKind.Path or TrailKind.HostSlash => SectionId.Urls,
        TrailKind.DomainPattern or TrailKind.UserAgent => SectionId.Patterns,
        _ => SectionId.Fingerprints,
    };

    /// <summary>True when the kind stands in front of each key of the table.</summary>
    public static bool IsTyped(SectionId table) => table is SectionId.Fingerprints or SectionId.Patterns or SectionId.Drops or SectionId.WhitelistOthers;

    /// <summary>Width of the table's keys; 0 when they differ.</summary>
    public static int WidthOf(SectionId table) => table switch
    {
        SectionId.AddressesV4 => 4,
        SectionId.EndpointsV4 => 6,
        SectionId.AddressesV6 => 16,
        SectionId.EndpointsV6 => 18,
        SectionId.Networks => KeyText.NetworkLength,
        _ => 0,
    };

    /// <summary>Hash of a key as it stands in the table.</summary>
    public static ulong HashOf(SectionId table, TrailHash hash, ReadOnlySpan<byte> key) => table switch
    {
        SectionId.AddressesV4 => hash.Number(BinaryPrimitives.ReadUInt32BigEndian(key)),
        SectionId.EndpointsV4 => hash.Number(((ulong)BinaryPrimitives.ReadUInt32BigEndian(key) << 16) | BinaryPrimitives.ReadUInt16BigEndian(key[4..])),
        SectionId.Domains or SectionId.WhitelistDomains => hash.Name(key),
        _ => hash.Bytes(key),
    };

    /// <summary>What a key of a table is.</summary>
    public static TrailKind KindOf(SectionId table, ReadOnlySpan<byte> key) => table switch
    {
        SectionId.AddressesV4 or SectionId.AddressesV6 => TrailKind.Address,
        SectionId.EndpointsV4 or SectionId.EndpointsV6 => TrailKind.Endpoint,
        SectionId.Networks => TrailKind.Network,
        SectionId.Domains or SectionId.WhitelistDomains => TrailKind.Domain,
        SectionId.Urls => key.StartsWith("/"u8) ? TrailKind.Path : key.IndexOf((byte)'/') == key.Length - 1 ? TrailKind.HostSlash : TrailKind.Url,
        _ => key.IsEmpty || key[0] > (byte)TrailKind.FileHash ? default : (TrailKind)key[0],
    };
}
