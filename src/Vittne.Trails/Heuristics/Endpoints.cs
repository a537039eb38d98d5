using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics;

/// <summary>Sender and receiver of the packet that a record was seen in: the flow's sides, turned by the record's direction.</summary>
internal static class Endpoints
{
    public static IpAddress SenderOf(Record record) =>
        record.Direction == Direction.FromOriginator ? record.Flow.Source : record.Flow.Destination;

    public static IpAddress ReceiverOf(Record record) =>
        record.Direction == Direction.FromOriginator ? record.Flow.Destination : record.Flow.Source;

    public static ushort SenderPortOf(Record record) =>
        record.Direction == Direction.FromOriginator ? record.Flow.SourcePort : record.Flow.DestinationPort;

    public static ushort ReceiverPortOf(Record record) =>
        record.Direction == Direction.FromOriginator ? record.Flow.DestinationPort : record.Flow.SourcePort;
}
