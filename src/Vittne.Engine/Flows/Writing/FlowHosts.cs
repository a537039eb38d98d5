using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>What forms ask that know flows between two hosts only.</summary>
internal static class FlowHosts
{
    /// <summary>True for a record of one protocol between two hosts: neither frames without IP nor an aggregate over networks, ports or protocols.</summary>
    public static bool Are(FlowRecord record) =>
        record.ProtocolNumber is >= 0 and <= byte.MaxValue
        && record.Source.Kind == FlowAddressKind.Ip && !record.Source.IsNetwork
        && record.Destination.Kind == FlowAddressKind.Ip && !record.Destination.IsNetwork
        && record.SourcePort != FlowRecord.AnyPort && record.DestinationPort != FlowRecord.AnyPort;
}
