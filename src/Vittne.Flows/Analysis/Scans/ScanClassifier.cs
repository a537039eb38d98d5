using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>Sees in a flow an attempt to find something out: by which technique, by whom, and what came back.</summary>
internal static class ScanClassifier
{
    private const int Fin = 0x01;
    private const int Syn = 0x02;
    private const int Reset = 0x04;
    private const int Push = 0x08;
    private const int Acknowledge = 0x10;
    private const int Urgent = 0x20;
    private const int All = 0x3F;

    // More packets than these of one side are a conversation, of which the beginning was not captured.
    private const int MaxProbePackets = 3;

    /// <summary>Reads a flow; false when it can be no part of a scan.</summary>
    public static bool TryRead(FlowRecord record, out ScanTechnique technique, out IpAddress sender, out ScanAttempt attempt)
    {
        technique = default;
        attempt = default;
        sender = record.Source.Ip;
        if (record.FirstNs < 0 || !record.Source.IsIp || !record.Destination.IsIp)
        {
            return false;
        }

        ScanTechnique? found = record.ProtocolNumber switch
        {
            IpProtocol.Tcp => OfTcp(record),
            IpProtocol.Udp => ScanTechnique.Udp,
            IpProtocol.Sctp => ScanTechnique.SctpInit,
            IpProtocol.Icmp or IpProtocol.IcmpV6 => IsQuery(record) ? ScanTechnique.IcmpSweep : null,
            _ => record.Protocol == "arp" ? ScanTechnique.ArpSweep : null,
        };
        if (found is not { } known)
        {
            return false;
        }

        technique = known;
        bool isTurned = known == ScanTechnique.Backscatter && record.SourcePackets <= 0;
        sender = isTurned ? record.Destination.Ip : record.Source.Ip;
        IpAddress target = isTurned ? record.Source.Ip : record.Destination.Ip;
        bool hasPorts = known is not (ScanTechnique.IcmpSweep or ScanTechnique.ArpSweep or ScanTechnique.Backscatter);
        bool isAnswered = record.DestinationPackets > 0 && !isTurned;
        bool isTcp = record.ProtocolNumber == IpProtocol.Tcp;
        bool isOpen = isTcp ? Has(record.DestinationFlags, Syn | Acknowledge) && !isTurned : isAnswered;
        bool isUnreachable = record.Context?.IcmpError?.StartsWith("UR", StringComparison.Ordinal) == true;
        bool isUnanswered = known == ScanTechnique.Backscatter || (isTcp ? IsUnanswered(record, isOpen) : !isAnswered || isUnreachable);
        attempt = new ScanAttempt(
            record.FirstNs, Math.Max(record.LastNs, record.FirstNs), target, hasPorts ? Math.Max(record.DestinationPort, 0) : 0, isUnanswered || isUnreachable,
            isOpen && !isUnreachable, IsCompleted(record), record.FlowId, record.LastPacket, record.Capture);
        return true;
    }

    private static ScanTechnique? OfTcp(FlowRecord record)
    {
        int flags = record.SourceFlags, answer = record.DestinationFlags;
        if (record.SourcePackets <= 0 && record.DestinationPackets > 0)
        {
            return IsAnswer(answer) ? ScanTechnique.Backscatter : null;
        }

        if (flags < 0)
        {
            return record.ConnectionState is "S0" or "REJ" or "RSTO" or "RSTR" or "RSTOS0" or "SF" or "S1" or "S2" or "S3" or "SH" ? ScanTechnique.Syn : null;
        }

        if ((flags & (Syn | Acknowledge)) == Syn || ((flags & Syn) != 0 && record.DestinationPackets > 0))
        {
            return ScanTechnique.Syn;
        }

        if (record.DestinationPackets <= 0 && IsAnswer(flags))
        {
            return ScanTechnique.Backscatter;
        }

        return record.SourcePackets > MaxProbePackets || record.DestinationPackets > MaxProbePackets ? null : (flags & All) switch
        {
            0 => ScanTechnique.Null,
            Fin => ScanTechnique.Fin,
            Fin | Push | Urgent => ScanTechnique.Xmas,
            Acknowledge => ScanTechnique.Ack,
            _ => null,
        };
    }

    // What a host answers to a SYN that it did not ask for.
    private static bool IsAnswer(int flags) => flags >= 0 && ((flags & (Syn | Acknowledge)) == (Syn | Acknowledge) || ((flags & Reset) != 0 && (flags & Syn) == 0));

    private static bool IsUnanswered(FlowRecord record, bool isOpen) => record.ConnectionState is { } state
        ? state is "S0" or "REJ" or "SH" || state.StartsWith("RSTO", StringComparison.Ordinal) || (state == "OTH" && !isOpen)
        : !isOpen;

    private static bool IsCompleted(FlowRecord record) => Has(record.SourceFlags, Syn | Acknowledge) && Has(record.DestinationFlags, Syn);

    private static bool Has(int flags, int wanted) => flags >= 0 && (flags & wanted) == wanted;

    // Echo, timestamp, address mask; echo of IPv6.
    private static bool IsQuery(FlowRecord record) => record.Context is { IcmpType: >= 0 and var type }
        ? record.ProtocolNumber == IpProtocol.Icmp ? type is 8 or 13 or 15 or 17 : type is 128
        : record.State is "ECO" or "ECR";
}
