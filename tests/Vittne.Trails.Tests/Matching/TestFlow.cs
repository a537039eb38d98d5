using Vittne.Packets;

namespace Vittne.Trails.Tests.Matching;

/// <summary>Flows and stamps for records.</summary>
internal static class TestFlow
{
    public static PacketStamp At => new(TimestampNs: 1_700_000_000_000_000_000, Number: 1, Ordinal: 1, Capture: 0);

    public static FlowIdentity Tcp(string source, string destination, ushort sourcePort = 50_000, ushort destinationPort = 443) =>
        Of(IpProtocol.Tcp, source, destination, sourcePort, destinationPort);

    public static FlowIdentity Udp(string source, string destination, ushort sourcePort = 50_000, ushort destinationPort = 53) =>
        Of(IpProtocol.Udp, source, destination, sourcePort, destinationPort);

    public static FlowIdentity Of(byte protocol, string source, string destination, ushort sourcePort = 0, ushort destinationPort = 0) => new()
    {
        Id = 1,
        Source = FakeTrailIndex.Address(source),
        Destination = FakeTrailIndex.Address(destination),
        SourcePort = sourcePort,
        DestinationPort = destinationPort,
        Protocol = protocol,
    };
}
