using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Engine.Tests.Output;

/// <summary>Events for tests of writers.</summary>
internal static class Threats
{
    public static ThreatRecord Dns(
        byte protocol = IpProtocol.Udp, string[]? forwardedFor = null, string trail = "(www).evil.example.com", long? atNs = null, ushort destinationPort = 53) => new()
        {
            Flow = new FlowIdentity
            {
                Id = 7,
                Source = IpAddress.FromV4(0xC000020A),
                Destination = IpAddress.FromV4(0xC0000235),
                SourcePort = 40_000,
                DestinationPort = destinationPort,
                Protocol = protocol,
            },
            At = new PacketStamp(atNs ?? 1_700_000_000_123_456_789, 12, 12, 0),
            Direction = Direction.FromOriginator,
            Type = EventType.Dns,
            Trail = trail,
            Indicator = "evil.example.com",
            Source = "dns.query",
            Info = "sample bot (malware)",
            Reference = "(static)",
            Severity = Severity.High,
            ForwardedFor = forwardedFor ?? [],
        };
}
