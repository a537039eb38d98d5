using Vittne.Packets;
using CommunityIdHash = Vittne.Packets.CommunityId;

namespace Vittne.Flows.Records;

/// <summary>
/// One flow, or several merged by aggregation. Numbers are -1 (<see cref="Unknown"/>) when the record does not tell them, decimals NaN, the rest null or
/// the enum's first value; 0 is a measured zero. Times and durations are nanoseconds. What few records have lies in parts that are null
/// without it. A record belongs to whom it is handed: it may be kept and changed. <see cref="FlowFields"/> names all fields for people.
/// </summary>
public sealed partial class FlowRecord
{
    /// <summary>Value of a number that the record does not tell.</summary>
    public const long Unknown = -1;

    /// <summary>Value of a port that stands for several: the record merges flows of different ports; written <c>*</c>.</summary>
    public const int AnyPort = -2;

    /// <summary>Stable 64-bit id of the flow, below 2^63; unique in a run.</summary>
    public long FlowId { get; set; } = Unknown;

    /// <summary>Community ID as an input told it; null: it can be computed, see <see cref="CommunityId"/>.</summary>
    public string? ToldCommunityId { get; set; }

    /// <summary>IP protocol number; -1 for flows without IP and for several protocols.</summary>
    public int ProtocolNumber { get; set; } = -1;

    /// <summary>Name of the protocol: <c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>ipv6-icmp</c>, <c>arp</c>, …; <c>*</c> for several; null: unknown. <see cref="FlowProtocols"/> has the names.</summary>
    public string? Protocol { get; set; }

    /// <summary>Originator.</summary>
    public FlowAddress Source { get; set; }

    /// <summary>Responder.</summary>
    public FlowAddress Destination { get; set; }

    /// <summary>Port of the originator; -1 unknown or none, <see cref="AnyPort"/> for several.</summary>
    public int SourcePort { get; set; } = -1;

    /// <summary>Port of the responder; -1 unknown or none, <see cref="AnyPort"/> for several.</summary>
    public int DestinationPort { get; set; } = -1;

    /// <summary>Which way it goes.</summary>
    public FlowDirection Direction { get; set; }

    /// <summary>True when who is the originator was guessed against the first packet.</summary>
    public bool IsDirectionGuessed { get; set; }

    /// <summary>Digits of a second that the capture's clock has: 6 or 9.</summary>
    public byte TimeDigits { get; set; } = 6;

    /// <summary>Time of the first packet, nanoseconds since the epoch.</summary>
    public long FirstNs { get; set; } = Unknown;

    /// <summary>Time of the last packet, nanoseconds since the epoch.</summary>
    public long LastNs { get; set; } = Unknown;

    /// <summary>State in argus' words: <c>REQ</c>, <c>CON</c>, <c>FIN</c>, …</summary>
    public string? State { get; set; }

    /// <summary>State as letters in order of appearance (argus <c>-z</c>).</summary>
    public string? StateLetters { get; set; }

    /// <summary>State in Zeek's words: <c>S0</c>, <c>SF</c>, …</summary>
    public string? ConnectionState { get; set; }

    /// <summary>Zeek's history letters.</summary>
    public string? History { get; set; }

    /// <summary>State in Suricata's words: <c>new</c>, <c>established</c>, <c>closed</c>.</summary>
    public string? EveState { get; set; }

    /// <summary>Why the record ended: <c>timeout</c>, <c>forced</c>, <c>shutdown</c>, <c>eof</c>.</summary>
    public string? Reason { get; set; }

    /// <summary>Which record of the flow this is with <c>--interval</c>: <c>start</c>, <c>status</c>, <c>close</c>; null for the only one.</summary>
    public string? Status { get; set; }

    /// <summary>Protocol above the transport.</summary>
    public string? Service { get; set; }

    /// <summary>How <see cref="Service"/> is known: <c>content</c> or <c>port</c>.</summary>
    public string? ServiceBy { get; set; }

    /// <summary>Names of what is wrong with its packets; null without.</summary>
    public string[]? Anomalies { get; set; }

    /// <summary>How often, all kinds together; -1 when not counted.</summary>
    public int AnomalyCount { get; set; } = -1;

    /// <summary>The capture that it is from, as given by the user.</summary>
    public string? Capture { get; set; }

    /// <summary>Which capture of the run it is from, from 0; -1 when it is not from a capture of this run.</summary>
    public int CaptureNumber { get; set; } = -1;

    /// <summary>Number of its first packet in the capture, from 1.</summary>
    public long FirstPacket { get; set; } = Unknown;

    /// <summary>Number of its last packet in the capture.</summary>
    public long LastPacket { get; set; } = Unknown;

    /// <summary>VLAN identifiers, outermost first; null without. The array may be shared by records.</summary>
    public int[]? Vlan { get; set; }

    /// <summary>TCP detail; null for other protocols and where nothing is known.</summary>
    public FlowTcp? Tcp { get; set; }

    /// <summary>Statistics over its packets; null when they were not asked for.</summary>
    public FlowStatistics? Statistics { get; set; }

    /// <summary>What few flows have: tunnels, ICMP errors, places, …; null without.</summary>
    public FlowContext? Context { get; set; }

    /// <summary>True for a record that aggregation made; without <see cref="Merged"/> it is of a single flow.</summary>
    public bool IsAggregated { get; set; }

    /// <summary>What aggregation adds; null in a record of a single flow.</summary>
    public FlowMerged? Merged { get; set; }

    /// <summary><see cref="Tcp"/>, made when it is not there.</summary>
    public FlowTcp NeedTcp() => Tcp ??= new FlowTcp();

    /// <summary><see cref="Statistics"/>, made when they are not there.</summary>
    public FlowStatistics NeedStatistics() => Statistics ??= new FlowStatistics();

    /// <summary><see cref="Context"/>, made when it is not there.</summary>
    public FlowContext NeedContext() => Context ??= new FlowContext();

    /// <summary><see cref="Merged"/>, made when it is not there.</summary>
    public FlowMerged NeedMerged() => Merged ??= new FlowMerged();

    /// <summary>Community ID version 1, seed 0: as told, else computed; null when addresses or ports are not known.</summary>
    public string? CommunityId() => ToldCommunityId ??= IsOneFlow
        ? CommunityIdHash.Compute(Source.Ip, Destination.Ip, CommunityPort(SourcePort, Context?.IcmpType ?? -1),
            CommunityPort(DestinationPort, Context?.IcmpCode ?? -1), (byte)ProtocolNumber, 0)
        : null;

    private bool IsOneFlow => Source.IsIp && !Source.IsNetwork && Destination.IsIp && !Destination.IsNetwork && ProtocolNumber is >= 0 and <= byte.MaxValue
        && SourcePort != AnyPort && DestinationPort != AnyPort && (Merged is null || Merged.Flows <= 1 || SourcePort >= 0);

    private ushort CommunityPort(int port, int icmp) =>
        (ushort)Math.Max(ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6 && icmp >= 0 ? icmp : port, 0);
}
