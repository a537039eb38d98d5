namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>A template: which fields records of a set have.</summary>
/// <param name="Id">Its number, from 256.</param>
/// <param name="Fields">The fields in order.</param>
internal sealed record ExportTemplate(ushort Id, ExportField[] Fields)
{
    /// <summary>Smallest number of a template.</summary>
    public const ushort FirstId = 256;

    /// <summary>Templates of IPFIX: IPv4 and IPv6 with microseconds, then with nanoseconds.</summary>
    public static ExportTemplate[] Ipfix { get; } = [Biflow(256, false, false), Biflow(257, true, false), Biflow(258, false, true), Biflow(259, true, true)];

    /// <summary>Templates of NetFlow version 9: IPv4 and IPv6.</summary>
    public static ExportTemplate[] V9 { get; } = [Uniflow(256, false), Uniflow(257, true)];

    private static ExportTemplate Biflow(ushort id, bool isV6, bool isNanosecond) => new(id,
    [
        new(isNanosecond ? ExportElement.StartNanoseconds : ExportElement.StartMicroseconds, 8),
        new(isNanosecond ? ExportElement.EndNanoseconds : ExportElement.EndMicroseconds, 8),
        new(ExportElement.StartMilliseconds, 8),
        new(ExportElement.EndMilliseconds, 8),
        .. Ends(isV6),
        new(ExportElement.Packets, 8),
        new(ExportElement.Packets, 8, IsReverse: true),
        new(ExportElement.Bytes, 8),
        new(ExportElement.Bytes, 8, IsReverse: true),
        new(ExportElement.LinkBytes, 8),
        new(ExportElement.LinkBytes, 8, IsReverse: true),
        new(ExportElement.TcpFlags, 2),
        new(ExportElement.TcpFlags, 2, IsReverse: true),
        new(ExportElement.ClassOfService, 1),
        new(ExportElement.ClassOfService, 1, IsReverse: true),
        new(ExportElement.MinTtl, 1),
        new(ExportElement.MinTtl, 1, IsReverse: true),
        new(ExportElement.MaxTtl, 1),
        new(ExportElement.MaxTtl, 1, IsReverse: true),
        new(isV6 ? ExportElement.IcmpTypeCodeV6 : ExportElement.IcmpTypeCode, 2),
        .. Link(),
        new(ExportElement.SourceSystem, 4),
        new(ExportElement.DestinationSystem, 4),
        new(ExportElement.EndReason, 1),
        new(ExportElement.BiflowDirection, 1),
        new(ExportElement.FlowId, 8),
        new(ExportElement.Application, ExportField.Variable),
    ]);

    private static ExportTemplate Uniflow(ushort id, bool isV6) => new(id,
    [
        new(ExportElement.StartUptime, 4),
        new(ExportElement.EndUptime, 4),
        .. Ends(isV6),
        new(ExportElement.Packets, 8),
        new(ExportElement.Bytes, 8),
        new(ExportElement.TcpFlags, 1),
        new(ExportElement.ClassOfService, 1),
        new(ExportElement.MinTtl, 1),
        new(ExportElement.MaxTtl, 1),
        new(ExportElement.IcmpTypeCode, 2),
        .. Link(),
        new(ExportElement.SourceSystem, 4),
        new(ExportElement.DestinationSystem, 4),
        new(ExportElement.Direction, 1),
    ]);

    private static ExportField[] Ends(bool isV6) =>
    [
        new(isV6 ? ExportElement.SourceV6 : ExportElement.SourceV4, isV6 ? (ushort)16 : (ushort)4),
        new(isV6 ? ExportElement.DestinationV6 : ExportElement.DestinationV4, isV6 ? (ushort)16 : (ushort)4),
        new(ExportElement.SourcePort, 2),
        new(ExportElement.DestinationPort, 2),
        new(ExportElement.Protocol, 1),
    ];

    private static ExportField[] Link() =>
    [
        new(ExportElement.Vlan, 2),
        new(ExportElement.Mpls, 3),
        new(ExportElement.SourceMac, 6),
        new(ExportElement.DestinationMac, 6),
    ];
}
