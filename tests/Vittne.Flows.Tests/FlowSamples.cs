using System.Globalization;
using CsCheck;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Tests;

/// <summary>Flow records by hand and by chance.</summary>
internal static class FlowSamples
{
    public const long SecondNs = 1_000_000_000;

    // 2026-01-05T00:00:00Z, a Monday.
    public const long MondayNs = 1_767_571_200 * SecondNs;

    private static readonly string?[] States = ["RST", "FIN", "CON", "REQ", "INT", "ECO", null];
    private static readonly string?[] Services = ["http", "dns", null];

    /// <summary>Records of few hosts and ports, so that keys meet; some fields unknown.</summary>
    public static readonly Gen<FlowRecord> Any =
        from protocol in Gen.OneOf<byte>(6, 17, 1)
        from hosts in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from ports in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from time in Gen.Select(Gen.Long[0, 5_000], Gen.Long[0, 20_000])
        from counters in Gen.Long[-1, 3_000].Array[10]
        from state in Gen.OneOf(States)
        from service in Gen.OneOf(Services)
        from rtt in Gen.Long[-1, 900]
        from direction in Gen.OneOf(FlowDirection.Forward, FlowDirection.Guessed, FlowDirection.Unknown)
        from ttl in Gen.Short[63, 64]
        select new FlowRecord
        {
            ProtocolNumber = protocol,
            Protocol = FlowProtocols.Name(protocol),
            Source = FlowAddress.Of(IpAddress.FromV4(0x0A000000 + (uint)hosts.Item1)),
            Destination = FlowAddress.Of(IpAddress.FromV4(0x0A000000 + (uint)hosts.Item2)),
            SourcePort = protocol == 1 ? -1 : ports.Item1,
            DestinationPort = protocol == 1 ? -1 : ports.Item2,
            Direction = direction,
            FirstNs = MondayNs + (time.Item1 * 1_000_000),
            LastNs = MondayNs + ((time.Item1 + time.Item2) * 1_000_000),
            SourcePackets = counters[0],
            DestinationPackets = counters[1],
            SourceBytes = counters[2],
            DestinationBytes = counters[3],
            SourceAppBytes = counters[4],
            DestinationAppBytes = counters[5],
            SourceFlags = (short)(counters[6] < 0 ? -1 : counters[6] & 0xFF),
            State = state,
            Service = service,
            SourceTtl = ttl,
            Tcp = protocol == 6 ? new FlowTcp { RoundTripNs = rtt, SourceRetransmissions = counters[7], SourceGapBytes = counters[8], SourceWindow = ttl, SourceMaxWindow = counters[9] } : null,
        };

    public static FlowAddress Address(string text) => FlowAddress.TryParse(text, out FlowAddress address) ? address : throw new FormatException(text);

    /// <summary>A TCP flow: <c>10.0.0.1:40000 &gt; 10.0.0.2:80</c>.</summary>
    public static FlowRecord Tcp(string ends, long sourceBytes = 100, long destinationBytes = 200, double at = 0, double duration = 1)
    {
        string[] parts = ends.Split(" > ");
        int source = parts[0].LastIndexOf(':'), destination = parts[1].LastIndexOf(':');
        return new FlowRecord
        {
            ProtocolNumber = 6,
            Protocol = "tcp",
            Source = Address(parts[0][..source]),
            SourcePort = int.Parse(parts[0][(source + 1)..], CultureInfo.InvariantCulture),
            Destination = Address(parts[1][..destination]),
            DestinationPort = int.Parse(parts[1][(destination + 1)..], CultureInfo.InvariantCulture),
            Direction = FlowDirection.Forward,
            FirstNs = MondayNs + (long)(at * SecondNs),
            LastNs = MondayNs + (long)((at + duration) * SecondNs),
            SourcePackets = 2,
            DestinationPackets = 3,
            SourceBytes = sourceBytes,
            DestinationBytes = destinationBytes,
            State = "FIN",
        };
    }

    /// <summary>All fields that a record tells, as text to compare; decimals to nine places, since sums of parts round otherwise.</summary>
    public static string Text(FlowRecord record) => string.Join(' ', FlowFields.All
        .Where(static field => field.Name is not "community_id")
        .Select(field => (field.Name, Value: field.Get(record)))
        .Where(static field => field.Value.IsKnown)
        .Select(static field => $"{field.Name}={(field.Value.Kind == FlowFieldKind.Decimal ? field.Value.Decimal.ToString("F6", CultureInfo.InvariantCulture) : field.Value.ToString())}"));

    /// <summary>The named fields of records, a line each.</summary>
    public static string[] Lines(IEnumerable<FlowRecord> records, string fields) =>
        [.. records.Select(record => string.Join(' ', fields.Split(',').Select(name => FlowFields.Get(name).Get(record).ToString())))];
}
