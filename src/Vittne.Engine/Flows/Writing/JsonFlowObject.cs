using Vittne.Engine.Output;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>
/// A whole record as a JSON object. What every flow has is written straight from the record, without the table of fields: asking the table for each of
/// its fields would take longer than all the rest. What few flows have comes from the table.
/// </summary>
internal static class JsonFlowObject
{
    /// <summary>The fields that are written straight from the record. The common ones stand under their common names.</summary>
    internal static readonly string[] Straight =
    [
        "flow_id", "community_id", "proto", "saddr", "sport", "daddr", "dport", "dir", "dir_guess", "stime", "ltime", "dur",
        "spkts", "dpkts", "sbytes", "dbytes", "sipbytes", "dipbytes", "sappbytes", "dappbytes", "sseqbytes", "dseqbytes",
        "state", "statez", "conn_state", "history", "eve_state", "reason", "status", "sflags", "dflags", "service", "service_by",
        "tcprtt", "synack", "ackdat", "rtt_min", "rtt_avg", "sretrans", "dretrans", "sretrans_bytes", "dretrans_bytes", "sooo", "dooo", "sgap", "dgap",
        "sloss", "dloss", "szerowin", "dzerowin", "swin", "dwin", "swin_max", "dwin_max", "sisn", "disn", "smss", "dmss", "sws", "dws", "tcpopt",
        "sttl", "dttl", "stos", "dtos", "smac", "dmac", "vlan", "anomalies", "anomaly_count", "capture", "pkt_first", "pkt_last",
    ];

    /// <summary>Appends the object.</summary>
    public static void Append(ByteBuffer output, FlowRecord record)
    {
        output.Add("{\"record\":\"flow\""u8);
        Common(output, record);
        Identity(output, record);
        Counters(output, record);
        States(output, record);
        if (record.Tcp is { } tcp)
        {
            Tcp(output, tcp, record.TimeDigits);
        }

        Link(output, record);
        if (record.Context is not null)
        {
            Table(output, record, JsonFlowParts.Context);
        }

        if (record.Statistics is not null)
        {
            Table(output, record, JsonFlowParts.Statistics);
        }

        if (record.Merged is not null)
        {
            Table(output, record, JsonFlowParts.Merged);
        }

        output.Add('}');
    }

    private static void Common(ByteBuffer output, FlowRecord record)
    {
        if (record.FirstNs >= 0)
        {
            output.Add(",\"ts\":\""u8);
            FlowText.Rfc3339(output, record.FirstNs);
            output.Add('"');
        }

        Integer(output, ",\"packet\":"u8, record.LastPacket);
        Text(output, ",\"capture\":"u8, record.Capture);
        Integer(output, ",\"flow\":"u8, record.FlowId);
        Text(output, ",\"community_id\":"u8, record.CommunityId());
        Address(output, ",\"src_ip\":\""u8, record.Source, record.Source.Kind is FlowAddressKind.Ip or FlowAddressKind.Any);
        Port(output, ",\"src_port\":"u8, record.SourcePort);
        Address(output, ",\"dst_ip\":\""u8, record.Destination, record.Destination.Kind is FlowAddressKind.Ip or FlowAddressKind.Any);
        Port(output, ",\"dst_port\":"u8, record.DestinationPort);
        Text(output, ",\"transport\":"u8, FlowTransport.Of(record));
    }

    private static void Identity(ByteBuffer output, FlowRecord record)
    {
        if (!FlowTransport.TellsAll(record))
        {
            Text(output, ",\"proto\":"u8, record.Protocol);
        }

        Address(output, ",\"saddr\":\""u8, record.Source, record.Source.Kind == FlowAddressKind.Mac);
        Address(output, ",\"daddr\":\""u8, record.Destination, record.Destination.Kind == FlowAddressKind.Mac);
        Text(output, ",\"dir\":"u8, FlowFields.DirectionText(record.Direction));
        if (record.IsDirectionGuessed)
        {
            output.Add(",\"dir_guess\":true"u8);
        }

        Seconds(output, ",\"ltime\":"u8, record.LastNs, record.TimeDigits);
        Seconds(output, ",\"dur\":"u8, record.DurationNs, record.TimeDigits);
    }

    private static void Counters(ByteBuffer output, FlowRecord record)
    {
        Integer(output, ",\"spkts\":"u8, record.SourcePackets);
        Integer(output, ",\"dpkts\":"u8, record.DestinationPackets);
        Integer(output, ",\"sbytes\":"u8, record.SourceBytes);
        Integer(output, ",\"dbytes\":"u8, record.DestinationBytes);
        Integer(output, ",\"sipbytes\":"u8, record.SourceIpBytes);
        Integer(output, ",\"dipbytes\":"u8, record.DestinationIpBytes);
        Integer(output, ",\"sappbytes\":"u8, record.SourceAppBytes);
        Integer(output, ",\"dappbytes\":"u8, record.DestinationAppBytes);
        Integer(output, ",\"sseqbytes\":"u8, record.SourceSequenceBytes);
        Integer(output, ",\"dseqbytes\":"u8, record.DestinationSequenceBytes);
    }

    private static void States(ByteBuffer output, FlowRecord record)
    {
        Text(output, ",\"state\":"u8, record.State);
        Text(output, ",\"statez\":"u8, record.StateLetters);
        Text(output, ",\"conn_state\":"u8, record.ConnectionState);
        Text(output, ",\"history\":"u8, record.History);
        Text(output, ",\"eve_state\":"u8, record.EveState);
        Text(output, ",\"reason\":"u8, record.Reason);
        Text(output, ",\"status\":"u8, record.Status);
        Text(output, ",\"sflags\":"u8, FlowFlags.Text(record.SourceFlags));
        Text(output, ",\"dflags\":"u8, FlowFlags.Text(record.DestinationFlags));
        Text(output, ",\"service\":"u8, record.Service);
        Text(output, ",\"service_by\":"u8, record.ServiceBy);
    }

    private static void Tcp(ByteBuffer output, FlowTcp tcp, int digits)
    {
        Seconds(output, ",\"tcprtt\":"u8, tcp.RoundTripNs, digits);
        Seconds(output, ",\"synack\":"u8, tcp.SynToSynAckNs, digits);
        Seconds(output, ",\"ackdat\":"u8, tcp.SynAckToAckNs, digits);
        Seconds(output, ",\"rtt_min\":"u8, tcp.MinRoundTripNs, digits);
        Seconds(output, ",\"rtt_avg\":"u8, tcp.MeanRoundTripNs, digits);
        Integer(output, ",\"sretrans\":"u8, tcp.SourceRetransmissions);
        Integer(output, ",\"dretrans\":"u8, tcp.DestinationRetransmissions);
        Integer(output, ",\"sretrans_bytes\":"u8, tcp.SourceRetransmittedBytes);
        Integer(output, ",\"dretrans_bytes\":"u8, tcp.DestinationRetransmittedBytes);
        Integer(output, ",\"sooo\":"u8, tcp.SourceOutOfOrder);
        Integer(output, ",\"dooo\":"u8, tcp.DestinationOutOfOrder);
        Integer(output, ",\"sgap\":"u8, tcp.SourceGapBytes);
        Integer(output, ",\"dgap\":"u8, tcp.DestinationGapBytes);
        Integer(output, ",\"sloss\":"u8, tcp.SourceLoss);
        Integer(output, ",\"dloss\":"u8, tcp.DestinationLoss);
        Integer(output, ",\"szerowin\":"u8, tcp.SourceZeroWindows);
        Integer(output, ",\"dzerowin\":"u8, tcp.DestinationZeroWindows);
        Integer(output, ",\"swin\":"u8, tcp.SourceWindow);
        Integer(output, ",\"dwin\":"u8, tcp.DestinationWindow);
        Integer(output, ",\"swin_max\":"u8, tcp.SourceMaxWindow);
        Integer(output, ",\"dwin_max\":"u8, tcp.DestinationMaxWindow);
        Integer(output, ",\"sisn\":"u8, tcp.SourceInitialSequence);
        Integer(output, ",\"disn\":"u8, tcp.DestinationInitialSequence);
        Integer(output, ",\"smss\":"u8, tcp.SourceSegmentSize);
        Integer(output, ",\"dmss\":"u8, tcp.DestinationSegmentSize);
        Integer(output, ",\"sws\":"u8, tcp.SourceWindowScale);
        Integer(output, ",\"dws\":"u8, tcp.DestinationWindowScale);
        Text(output, ",\"tcpopt\":"u8, tcp.Options);
    }

    private static void Link(ByteBuffer output, FlowRecord record)
    {
        Integer(output, ",\"sttl\":"u8, record.SourceTtl);
        Integer(output, ",\"dttl\":"u8, record.DestinationTtl);
        Integer(output, ",\"stos\":"u8, record.SourceTos);
        Integer(output, ",\"dtos\":"u8, record.DestinationTos);
        Address(output, ",\"smac\":\""u8, FlowAddress.OfMac(record.SourceMac), record.SourceMac >= 0);
        Address(output, ",\"dmac\":\""u8, FlowAddress.OfMac(record.DestinationMac), record.DestinationMac >= 0);
        if (record.Vlan is { Length: > 0 } vlan)
        {
            output.Add(",\"vlan\":"u8);
            FlowCells.Json(output, vlan);
        }

        if (record.Anomalies is { Length: > 0 } anomalies)
        {
            output.Add(",\"anomalies\":"u8);
            FlowCells.Json(output, anomalies);
        }

        Integer(output, ",\"anomaly_count\":"u8, record.AnomalyCount);
        Integer(output, ",\"pkt_first\":"u8, record.FirstPacket);
    }

    private static void Table(ByteBuffer output, FlowRecord record, JsonFlowParts.Part[] fields)
    {
        foreach (JsonFlowParts.Part part in fields)
        {
            FlowValue value = part.Column.Field.Get(record);
            if (value.IsKnown)
            {
                output.Add(part.Key);
                FlowCells.Json(output, part.Column, record, value);
            }
        }
    }

    private static void Integer(ByteBuffer output, ReadOnlySpan<byte> key, long value)
    {
        if (value >= 0)
        {
            output.Add(key);
            output.Number(value);
        }
    }

    private static void Port(ByteBuffer output, ReadOnlySpan<byte> key, int port)
    {
        if (port == FlowRecord.AnyPort)
        {
            output.Add(key);
            output.Add("\"*\""u8);
        }

        Integer(output, key, port);
    }

    private static void Seconds(ByteBuffer output, ReadOnlySpan<byte> key, long ns, int digits)
    {
        if (ns >= 0)
        {
            output.Add(key);
            FlowText.Seconds(output, ns, digits);
        }
    }

    private static void Text(ByteBuffer output, ReadOnlySpan<byte> key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            output.Add(key);
            FlowText.Json(output, text);
        }
    }

    // The key holds the opening quotation mark.
    private static void Address(ByteBuffer output, ReadOnlySpan<byte> key, FlowAddress address, bool isTold)
    {
        if (isTold)
        {
            output.Add(key);
            output.Add(address);
            output.Add('"');
        }
    }
}
