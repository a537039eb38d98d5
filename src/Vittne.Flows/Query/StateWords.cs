using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Query;

/// <summary>The words of ra's filter about what happened in a flow, by argus' own reading of them.</summary>
internal static class StateWords
{
    /// <summary>The RST bit.</summary>
    public const int Reset = 0x04;

    private const int Fin = 0x01;
    private const int Syn = 0x02;
    private const int Acknowledge = 0x10;
    private const int Congestion = 0xC0;

    /// <summary>The condition that a word stands for; null when it is none.</summary>
    public static FlowCondition? Find(string word)
    {
        Func<FlowRecord, bool>? holds = word switch
        {
            "est" or "con" => IsEstablished,
            "timeout" or "tim" => static record => record.State == "TIM",
            "syn" => static record => Has(record.StateLetters, 's', record.SourceFlags, Syn),
            "synack" => static record => Has(record.StateLetters, 'S', record.DestinationFlags, Syn | Acknowledge),
            "fin" => static record => HasFlag(record, Fin),
            "finack" => static record => record.ProtocolNumber == IpProtocol.Tcp
                && (record.StateLetters?.Contains('F', StringComparison.Ordinal) ?? record.ConnectionState == "SF"),
            "reset" or "rst" => static record => HasFlag(record, Reset) || record.State == "RST",
            "ecn" => static record => HasFlag(record, Congestion),
            "retrans" => static record => record.Tcp is { } tcp && (tcp.SourceRetransmissions > 0 || tcp.DestinationRetransmissions > 0),
            "outoforder" => static record => record.Tcp is { } tcp && (tcp.SourceOutOfOrder > 0 || tcp.DestinationOutOfOrder > 0),
            "winshut" => static record => record.Tcp is { } tcp && (tcp.SourceZeroWindows > 0 || tcp.DestinationZeroWindows > 0),
            "frag" => static record => record.Context is { } context && (context.Fragments > 0 || context.IsFragmentOrphan),
            "multipath" => static record => record.Context?.HasManyMacs ?? false,
            "multicast" => static record => IsMulticast(record.Source) || IsMulticast(record.Destination),
            "broadcast" => static record => record.Destination is { IsIp: true, Ip.IsBroadcast: true },
            "echo" => static record => IsIcmp(record) && record.State is "ECO" or "ECR",
            "unreach" => static record => (IsIcmp(record) && record.State?.StartsWith("UR", StringComparison.Ordinal) == true)
                || record.Context?.IcmpError?.StartsWith("UR", StringComparison.Ordinal) == true,
            "redirect" => static record => IsIcmp(record) && record.State == "RED",
            "timexed" => static record => (IsIcmp(record) && record.State == "TXD") || record.Context?.IcmpError == "TXD",
            _ => null,
        };
        return holds is null ? null : new Fact(holds);
    }

    // ra's est and con select the same: TCP that got through its handshake, however it ended, and two-way traffic of other protocols with ports.
    private static bool IsEstablished(FlowRecord record) => record.ProtocolNumber == IpProtocol.Tcp
        ? record.State is "CON" or "EST" || (record.State is "FIN" or "CLO" or "RST" or "TIM" && WasEstablished(record))
        : record.State == "CON" && record.ProtocolNumber >= 0;

    private static bool WasEstablished(FlowRecord record) => record.StateLetters is { } letters
        ? letters.Contains('E', StringComparison.Ordinal)
        : record.ConnectionState is { } state
            ? state is "SF" or "S1" or "S2" or "S3" or "RSTO" or "RSTR"
            : record is { SourcePackets: > 0, DestinationPackets: > 0 };

    private static bool Has(string? letters, char letter, short flags, int wanted) =>
        letters?.Contains(letter, StringComparison.Ordinal) ?? (flags >= 0 && (flags & wanted) == wanted);

    private static bool HasFlag(FlowRecord record, int flag) =>
        (Math.Max(record.SourceFlags, (short)0) & flag) != 0 || (Math.Max(record.DestinationFlags, (short)0) & flag) != 0;

    private static bool IsIcmp(FlowRecord record) => record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6;

    private static bool IsMulticast(in FlowAddress address) => address.IsIp && address.Ip.IsMulticast;
}
