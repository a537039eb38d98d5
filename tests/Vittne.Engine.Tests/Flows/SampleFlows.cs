using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Tests.Flows;

/// <summary>Flow records made by hand.</summary>
internal static class SampleFlows
{
    /// <summary>2023-11-14 22:13:20 UTC and 123456 microseconds.</summary>
    public const long StartNs = 1_700_000_000_123_456_000;

    /// <summary>A connection that was closed by both sides.</summary>
    public static FlowRecord Http() => new()
    {
        FlowId = 7,
        ProtocolNumber = 6,
        Protocol = "tcp",
        Source = FlowAddress.Of(Address("192.168.1.10")),
        Destination = FlowAddress.Of(Address("203.0.113.5")),
        SourcePort = 40_000,
        DestinationPort = 80,
        Direction = FlowDirection.Forward,
        FirstNs = StartNs,
        LastNs = StartNs + 1_500_000_000,
        SourcePackets = 6,
        DestinationPackets = 5,
        SourceBytes = 600,
        DestinationBytes = 5_000,
        SourceIpBytes = 516,
        DestinationIpBytes = 4_930,
        SourceAppBytes = 200,
        DestinationAppBytes = 4_700,
        SourceSequenceBytes = 190,
        DestinationSequenceBytes = 4_600,
        State = "FIN",
        StateLetters = "sSEfF",
        ConnectionState = "SF",
        History = "ShADadFf",
        EveState = "closed",
        Reason = "timeout",
        SourceFlags = 0x1B,
        DestinationFlags = 0x1B,
        SourceTtl = 64,
        DestinationTtl = 55,
        SourceTos = 0,
        DestinationTos = 0,
        SourceMac = 0x0200_0000_0001,
        DestinationMac = 0x0200_0000_0002,
        Service = "http",
        ServiceBy = "content",
        Capture = "a.pcap",
        FirstPacket = 1,
        LastPacket = 12,
        AnomalyCount = 0,
        Tcp = new FlowTcp
        {
            RoundTripNs = 30_000_000,
            SynToSynAckNs = 29_000_000,
            SynAckToAckNs = 1_000_000,
            SourceRetransmissions = 1,
            DestinationRetransmissions = 0,
            SourceGapBytes = 0,
            DestinationGapBytes = 10,
            SourceWindow = 64_240,
            DestinationWindow = 65_160,
            SourceInitialSequence = 4_000_000_000,
            DestinationInitialSequence = 1,
            Options = "MwsT",
        },
    };

    /// <summary>A question that nobody answered: one packet, IPv6, nanoseconds.</summary>
    public static FlowRecord Dns() => new()
    {
        FlowId = 8,
        ProtocolNumber = 17,
        Protocol = "udp",
        Source = FlowAddress.Of(Address("2001:db8::1")),
        Destination = FlowAddress.Of(Address("2001:db8::53")),
        SourcePort = 5_353,
        DestinationPort = 53,
        Direction = FlowDirection.Forward,
        TimeDigits = 9,
        FirstNs = StartNs + 7,
        LastNs = StartNs + 7,
        SourcePackets = 1,
        DestinationPackets = 0,
        SourceBytes = 90,
        DestinationBytes = 0,
        SourceIpBytes = 76,
        DestinationIpBytes = 0,
        SourceAppBytes = 28,
        DestinationAppBytes = 0,
        State = "INT",
        ConnectionState = "S0",
        History = "D",
        EveState = "new",
        Reason = "eof",
        Service = "dns",
        ServiceBy = "content",
        Capture = "a.pcap",
        FirstPacket = 3,
        LastPacket = 3,
    };

    /// <summary>An echo request and its reply, within a tunnel.</summary>
    public static FlowRecord Ping() => new()
    {
        FlowId = 9,
        ProtocolNumber = 1,
        Protocol = "icmp",
        Source = FlowAddress.Of(Address("10.0.0.1")),
        Destination = FlowAddress.Of(Address("10.0.0.2")),
        Direction = FlowDirection.Both,
        FirstNs = StartNs,
        LastNs = StartNs + 20_000_000,
        SourcePackets = 1,
        DestinationPackets = 1,
        SourceBytes = 98,
        DestinationBytes = 98,
        SourceIpBytes = 84,
        DestinationIpBytes = 84,
        SourceAppBytes = 56,
        DestinationAppBytes = 56,
        State = "ECO",
        ConnectionState = "OTH",
        EveState = "established",
        Reason = "timeout",
        Vlan = [100, 200],
        Context = new FlowContext { IcmpType = 8, IcmpCode = 0, IcmpId = 7_304, Tunnel = ["gre"], Parent = 4 },
        Capture = "a.pcap",
        FirstPacket = 5,
        LastPacket = 6,
    };

    /// <summary>Who has an address: a flow without IP.</summary>
    public static FlowRecord Arp() => new()
    {
        FlowId = 10,
        Protocol = "arp",
        Source = FlowAddress.Of(Address("10.0.0.1")),
        Destination = FlowAddress.Of(Address("10.0.0.2")),
        Direction = FlowDirection.Forward,
        FirstNs = StartNs,
        LastNs = StartNs,
        SourcePackets = 1,
        DestinationPackets = 0,
        SourceBytes = 60,
        DestinationBytes = 0,
        State = "INT",
        Capture = "a.pcap",
        FirstPacket = 7,
        LastPacket = 7,
    };

    /// <summary>A frame without IP.</summary>
    public static FlowRecord Frame() => new()
    {
        FlowId = 11,
        Protocol = "stp",
        Source = FlowAddress.OfMac(0x0200_0000_0001),
        Destination = FlowAddress.OfMac(0x0180_C200_0000),
        Direction = FlowDirection.Forward,
        FirstNs = StartNs,
        LastNs = StartNs,
        SourcePackets = 1,
        DestinationPackets = 0,
        SourceBytes = 60,
        DestinationBytes = 0,
    };

    /// <summary>What aggregation makes: all flows of one source network to any port.</summary>
    public static FlowRecord Merged() => new()
    {
        Protocol = "tcp",
        ProtocolNumber = 6,
        Source = FlowAddress.NetworkOf(Address("10.1.2.3"), 16),
        Destination = FlowAddress.Any,
        SourcePort = FlowRecord.AnyPort,
        DestinationPort = FlowRecord.AnyPort,
        FirstNs = StartNs,
        LastNs = StartNs + 60_000_000_000,
        SourcePackets = 1_000_000,
        DestinationPackets = 2,
        SourceBytes = 3_000_000_000_000,
        DestinationBytes = 120,
        State = "CON",
        Merged = new FlowMerged { Flows = 3, RuntimeNs = 61_500_000_000, DurationMean = 20.5, DurationDeviation = 0.1, DurationMinNs = 1, DurationMaxNs = 2_000_000_000 },
    };

    /// <summary>One of each.</summary>
    public static IEnumerable<FlowRecord> All() => [Http(), Dns(), Ping(), Arp(), Frame(), Merged()];

    /// <summary>A record in which every field that can be set is set.</summary>
    public static FlowRecord Full()
    {
        FlowRecord record = Http();
        foreach (FlowField field in FlowFields.All.Where(static field => field.CanSet && field.Name is not ("proto" or "sflags" or "dflags" or "dir" or "soui" or "doui")))
        {
            if (!field.Get(record).IsKnown)
            {
                field.Set(record, Value(field.Kind));
            }
        }

        record.NeedMerged().SourceVendor = 0x020000;
        record.NeedMerged().DestinationVendor = 0x0180C2;
        return record;
    }

    /// <summary>An address from its text.</summary>
    public static IpAddress Address(string text) => IpAddress.TryParse(text, out IpAddress address) ? address : throw new FormatException(text);

    private static FlowValue Value(FlowFieldKind kind) => kind switch
    {
        FlowFieldKind.Integer => FlowValue.OfInteger(3),
        FlowFieldKind.Decimal => FlowValue.OfDecimal(0.25),
        FlowFieldKind.Time => FlowValue.OfTime(StartNs),
        FlowFieldKind.Duration => FlowValue.OfDuration(2_000),
        FlowFieldKind.Address => FlowValue.OfAddress(FlowAddress.Of(Address("198.51.100.1"))),
        FlowFieldKind.Mac => FlowValue.OfMac(1),
        FlowFieldKind.Texts => FlowValue.OfTexts(["a", "b"]),
        FlowFieldKind.Integers => FlowValue.OfIntegers([1, 2]),
        FlowFieldKind.Flag => FlowValue.OfFlag(true),
        _ => FlowValue.OfText("text"),
    };
}
