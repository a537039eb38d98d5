using Vittne.Packets;

namespace Vittne.TestKit;

/// <summary>Flows and stamps for parser tests.</summary>
public static class TestFlow
{
    /// <summary>A TCP flow 10.0.0.1:49152 to 192.0.2.1 with the given server port.</summary>
    public static FlowIdentity Tcp(ushort serverPort) => Create(IpProtocol.Tcp, serverPort);

    /// <summary>A UDP flow 10.0.0.1:49152 to 192.0.2.1 with the given server port.</summary>
    public static FlowIdentity Udp(ushort serverPort) => Create(IpProtocol.Udp, serverPort);

    /// <summary>The stamp of packet <paramref name="number"/>, one millisecond after the one before it.</summary>
    public static PacketStamp At(long number) => new(number * 1_000_000, number, number, 0);

    private static FlowIdentity Create(byte protocol, ushort serverPort) => new()
    {
        Id = 1,
        Source = IpAddress.FromV4(0x0A00_0001),
        Destination = IpAddress.FromV4(0xC000_0201),
        SourcePort = 49_152,
        DestinationPort = serverPort,
        Protocol = protocol,
    };
}
