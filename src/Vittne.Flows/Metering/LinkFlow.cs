using Vittne.Flows.Records;

namespace Vittne.Flows.Metering;

/// <summary>One flow without IP.</summary>
internal sealed class LinkFlow
{
    public required long Id { get; init; }
    public required LinkFlowKey Key { get; init; }
    public required FlowAddress Source { get; init; }
    public required FlowAddress Destination { get; init; }
    public required string Protocol { get; init; }
    public required int Capture { get; init; }
    public required long FirstNumber { get; init; }
    public long FirstNs { get; set; }
    public long LastNs { get; set; }
    public long LastNumber { get; set; }
    public long SourcePackets { get; set; }
    public long SourceBytes { get; set; }
    public long DestinationPackets { get; set; }
    public long DestinationBytes { get; set; }
    public long SourceMac { get; set; } = -1;
    public long DestinationMac { get; set; } = -1;

    /// <summary>The record of the flow.</summary>
    public FlowRecord Record(string reason) => new()
    {
        FlowId = Id,
        Protocol = Protocol,
        Source = Source,
        Destination = Destination,
        Direction = Protocol == LinkMeter.Arp ? FlowDirection.Forward : SourcePackets > 0 && DestinationPackets > 0 ? FlowDirection.Both : FlowDirection.Forward,
        FirstNs = FirstNs,
        LastNs = LastNs,
        FirstPacket = FirstNumber,
        LastPacket = LastNumber,
        CaptureNumber = Capture,
        SourcePackets = SourcePackets,
        SourceBytes = SourceBytes,
        DestinationPackets = DestinationPackets,
        DestinationBytes = DestinationBytes,
        SourceMac = SourceMac,
        DestinationMac = DestinationMac,
        State = SourcePackets > 0 && DestinationPackets > 0 ? "CON" : "INT",
        ConnectionState = "OTH",
        EveState = SourcePackets > 0 && DestinationPackets > 0 ? "established" : "new",
        AnomalyCount = 0,
        Reason = reason,
    };
}
