using System.Globalization;
using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Fields of an event as outputs show them: sender and receiver of the packet in which it was found.</summary>
public readonly struct ThreatFields
{
    private const long NsPerTick = 100;

    /// <summary>Takes the fields of an event.</summary>
    public ThreatFields(ThreatRecord threat)
    {
        ArgumentNullException.ThrowIfNull(threat);
        FlowIdentity flow = threat.Flow;
        bool isForward = threat.Direction == Direction.FromOriginator;
        if (threat.OuterLayer is { } outer)
        {
            (Source, SourcePort, Destination, DestinationPort, Protocol) =
                (outer.Source, outer.SourcePort, outer.Destination, outer.DestinationPort, outer.Protocol);
            HasPorts = outer.SourcePort != 0 || outer.DestinationPort != 0;
            return;
        }

        (Source, SourcePort, Destination, DestinationPort) = isForward
            ? (flow.Source, flow.SourcePort, flow.Destination, flow.DestinationPort)
            : (flow.Destination, flow.DestinationPort, flow.Source, flow.SourcePort);
        Protocol = flow.Protocol;
        HasPorts = flow.HasPorts;
    }

    /// <summary>Sender.</summary>
    public IpAddress Source { get; }

    /// <summary>Receiver.</summary>
    public IpAddress Destination { get; }

    /// <summary>Port of the sender.</summary>
    public ushort SourcePort { get; }

    /// <summary>Port of the receiver.</summary>
    public ushort DestinationPort { get; }

    /// <summary>IP protocol number.</summary>
    public byte Protocol { get; }

    /// <summary>True when the protocol has ports.</summary>
    public bool HasPorts { get; }

    /// <summary>Name of the transport: <c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmp6</c>, <c>sctp</c>, else the protocol's IANA keyword.</summary>
    public string Transport => ProtocolNames.Of(Protocol);

    /// <summary>A time in RFC 3339, UTC, nine decimals.</summary>
    public static string Time(long timestampNs) => RecordTime.Of(timestampNs);

    /// <summary>A time as Maltrail writes it: date, blank, time with microseconds, in the given zone.</summary>
    public static string MaltrailTime(long timestampNs, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(UtcTime(timestampNs), zone).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>A time as the calendar has it, in steps of 100 ns.</summary>
    public static DateTime UtcTime(long timestampNs) => DateTime.UnixEpoch.AddTicks(timestampNs / NsPerTick);

    /// <summary>Name of an event type in output.</summary>
    public static string TypeName(EventType type) => type.ToString().ToUpperInvariant();

    /// <summary>Name of a severity in output.</summary>
    public static string SeverityName(Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };
}
