using System.Buffers;
using Vittne.Flows.Records;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <content>States in the words of argus, Zeek and Suricata, and what TCP adds.</content>
internal sealed partial class FlowRecordBuilder
{
    private const string StateLetters = "sSEfFR";

    private static readonly SearchValues<char> GoesOn = SearchValues.Create("HAFGIQ");

    private void TellStates(FlowRecord record, in FlowParts parts)
    {
        FlowState state = parts.Entry.State;
        bool isTwoWay = (state & Both) == Both;
        record.EveState = isTwoWay ? "established" : "new";
        record.ConnectionState = "OTH";
        switch (parts.Entry.Protocol)
        {
            case IpProtocol.Tcp:
                TellTcp(record, parts);
                return;
            case IpProtocol.Udp:
                record.ConnectionState = (state & Both) switch
                {
                    Both => "SF",
                    FlowState.SeenOriginator => "S0",
                    FlowState.SeenResponder => "SHR",
                    _ => "OTH",
                };
                break;
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                record.Direction = isTwoWay ? FlowDirection.Both : FlowDirection.Forward;
                ushort sent = SentBy(parts);
                record.State = IcmpMessages.Word(parts.Entry.Protocol, (byte)(sent >> 8), (byte)sent, (state & FlowState.SeenResponder) != 0);
                return;
            default:
                break;
        }

        record.Direction = isTwoWay ? FlowDirection.Both : FlowDirection.Forward;

        // Repeated questions to one host that nobody answers are more than noise to a group.
        bool isDirected = !parts.Entry.Destination.IsMulticast && !parts.Entry.Destination.IsBroadcast;
        record.State = isTwoWay ? "CON" : isDirected && record.Packets > 1 ? "REQ" : "INT";
    }

    private void TellTcp(FlowRecord record, in FlowParts parts)
    {
        FlowState state = parts.Entry.State;
        ref TcpDetail tcp = ref parts.Tcp;
        ref TcpSide source = ref tcp.Sides[0];
        ref TcpSide destination = ref tcp.Sides[1];
        bool hasSyn = (state & (FlowState.SynOriginator | FlowState.SynResponder)) != 0;
        record.Direction = hasSyn ? FlowDirection.Forward : FlowDirection.Guessed;
        record.ConnectionState = ZeekState(tcp, record);
        record.State = ArgusState(state, tcp);
        record.StateLetters = LettersOf(tcp);
        bool isUp = (source.State == EndpointState.Established && destination.State == EndpointState.Established) || (!hasSyn && record.EveState == "established");
        record.EveState = tcp.IsOver ? "closed" : isUp ? "established" : (state & FlowState.HasData) != 0 && (state & Both) == Both ? "established" : "new";
        record.SourceFlags = record.SourcePackets > 0 || source.Flags != 0 ? (short)(source.Flags & 0xFF) : (short)-1;
        record.DestinationFlags = record.DestinationPackets > 0 || destination.Flags != 0 ? (short)(destination.Flags & 0xFF) : (short)-1;
        record.SourceSequenceBytes = source.UniqueBytes - source.RecordUnique;
        record.DestinationSequenceBytes = destination.UniqueBytes - destination.RecordUnique;
        FlowTcp told = record.NeedTcp();
        TellHandshake(told, tcp);
        TellSegments(told, parts, record);
        TellWindows(told, source, destination);
        if (tellsZeek)
        {
            record.Zeek = new FlowZeek
            {
                DurationNs = Math.Max(tcp.ProductiveNs - parts.Detail.FirstNs, 0),
                SourceBytes = source.StreamSize(destination),
                DestinationBytes = destination.StreamSize(source),
                MissedBytes = source.MissedBytes + destination.MissedBytes,
            };
        }
    }

    private static void TellHandshake(FlowTcp told, in TcpDetail tcp)
    {
        ref readonly TcpSide source = ref tcp.Sides[0];
        ref readonly TcpSide destination = ref tcp.Sides[1];
        if (tcp.SynNs > 0 && tcp.SynAckNs >= tcp.SynNs && source.Syns == 1 && destination.Syns == 1)
        {
            told.SynToSynAckNs = tcp.SynAckNs - tcp.SynNs;
            if (tcp.AckNs >= tcp.SynAckNs)
            {
                told.SynAckToAckNs = tcp.AckNs - tcp.SynAckNs;
                told.RoundTripNs = tcp.AckNs - tcp.SynNs;
            }
        }

        if (tcp.RoundTrips > 0)
        {
            told.MinRoundTripNs = tcp.RoundTripMinNs;
            told.MeanRoundTripNs = tcp.RoundTripSumNs / tcp.RoundTrips;
        }

        told.SourceInitialSequence = source.Syns > 0 ? source.InitialSequence : -1;
        told.DestinationInitialSequence = destination.Syns > 0 ? destination.InitialSequence : -1;
    }

    private static void TellSegments(FlowTcp told, in FlowParts parts, FlowRecord record)
    {
        ref TcpSide source = ref parts.Tcp.Sides[0];
        ref TcpSide destination = ref parts.Tcp.Sides[1];
        told.SourceRetransmissions = source.Retransmissions;
        told.DestinationRetransmissions = destination.Retransmissions;
        told.SourceRetransmittedBytes = source.RetransmittedBytes;
        told.DestinationRetransmittedBytes = destination.RetransmittedBytes;
        told.SourceOutOfOrder = source.OutOfOrder;
        told.DestinationOutOfOrder = destination.OutOfOrder;
        told.SourceGapBytes = Math.Max(source.GapBytes() - source.RecordBase, 0);
        told.DestinationGapBytes = Math.Max(destination.GapBytes() - destination.RecordBase, 0);
        told.SourceLoss = source.Retransmissions + Holes(parts.Notes?.Originator, told.SourceGapBytes);
        told.DestinationLoss = destination.Retransmissions + Holes(parts.Notes?.Responder, told.DestinationGapBytes);
        told.SourceZeroWindows = source.ZeroWindows - source.RecordZeroWindows;
        told.DestinationZeroWindows = destination.ZeroWindows - destination.RecordZeroWindows;
        if (record.SourcePackets == 0)
        {
            record.SourceSequenceBytes = 0;
        }
    }

    private static int Holes(SequenceRanges? ranges, long gapBytes) => gapBytes == 0 ? 0 : Math.Max(ranges?.Count ?? 0, 1);

    private static void TellWindows(FlowTcp told, in TcpSide source, in TcpSide destination)
    {
        if (source.HasWindow)
        {
            (told.SourceWindow, told.SourceMaxWindow) = (source.Window, source.MaxWindow);
        }

        if (destination.HasWindow)
        {
            (told.DestinationWindow, told.DestinationMaxWindow) = (destination.Window, destination.MaxWindow);
        }

        TcpOptionSet options = source.Options | destination.Options;
        told.Options = options == TcpOptionSet.None ? null : OptionTexts[(int)options];
        told.SourceSegmentSize = source.SegmentSize > 0 ? source.SegmentSize : -1;
        told.DestinationSegmentSize = destination.SegmentSize > 0 ? destination.SegmentSize : -1;
        told.SourceWindowScale = source.Scale - 1;
        told.DestinationWindowScale = destination.Scale - 1;
    }

    private static readonly string[] OptionTexts = [.. Enumerable.Range(0, 64).Select(static set => string.Concat("MwsSTF".Where((_, bit) => ((set >> bit) & 1) != 0)))];

    // In the order of their weight: what happened last in the life of a connection.
    private static string ArgusState(FlowState state, in TcpDetail tcp)
    {
        const FlowState fin = FlowState.FinOriginator | FlowState.FinResponder;
        return (state & FlowState.Reset) != 0 ? "RST"
            : (state & fin) != 0 ? "FIN"
            : (state & FlowState.HasData) != 0 || (state & (FlowState.SynOriginator | FlowState.SynResponder)) == 0 ? "CON"
            : (state & FlowState.SynResponder) == 0 ? "REQ"
            : (tcp.StatesSeen & 4) != 0 ? "CON"
            : "ACC";
    }

    private static string? LettersOf(in TcpDetail tcp)
    {
        Span<char> letters = stackalloc char[StateLetters.Length];
        int length = 0;
        for (uint order = tcp.StateOrder; order != 0; order >>= 3)
        {
            letters[length++] = StateLetters[(int)(order & 7) - 1];
        }

        return length == 0 ? null : new string(letters[..length]);
    }

    private static string ZeekState(in TcpDetail tcp, FlowRecord record)
    {
        ref readonly TcpSide source = ref tcp.Sides[0];
        ref readonly TcpSide destination = ref tcp.Sides[1];
        EndpointState from = source.State, to = destination.State;
        bool isFromQuiet = from is EndpointState.Inactive or EndpointState.Partial, isToQuiet = to is EndpointState.Inactive or EndpointState.Partial;
        if (to == EndpointState.Reset)
        {
            bool isRefused = from is EndpointState.SynSent or EndpointState.SynAckSent
                || (from == EndpointState.Reset && source.StreamSize(destination) == 0 && destination.StreamSize(source) == 0);
            return isRefused ? "REJ" : isFromQuiet ? "RSTRH" : "RSTR";
        }

        if (from == EndpointState.Reset)
        {
            return !isToQuiet ? "RSTO" : IsGivenUp(record.History) ? "RSTOS0" : "OTH";
        }

        return (from, to) switch
        {
            (EndpointState.Closed, EndpointState.Closed) => "SF",
            (EndpointState.Closed, _) => isToQuiet ? "SH" : "S2",
            (_, EndpointState.Closed) => isFromQuiet ? "SHR" : "S3",
            (EndpointState.SynSent, EndpointState.Inactive) => "S0",
            (EndpointState.Established, EndpointState.Established) => "S1",
            _ => "OTH",
        };
    }

    /// <summary>A SYN and later a RST of the originator, and between them nothing of it that goes on with the connection.</summary>
    private static bool IsGivenUp(string? history)
    {
        ReadOnlySpan<char> letters = history;
        letters = letters.StartsWith('^') ? letters[1..] : letters;
        if (!letters.StartsWith('S'))
        {
            return false;
        }

        int reset = letters.IndexOf('R');
        return reset > 0 && !letters[1..reset].ContainsAny(GoesOn);
    }
}
