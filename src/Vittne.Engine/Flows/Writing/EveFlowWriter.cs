using System.Globalization;
using Vittne.Engine.Output;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing;

/// <summary>Records as flow events of Suricata's EVE log. Records without host addresses at both ends have no place in it.</summary>
/// <param name="options">Where lines go.</param>
public sealed class EveFlowWriter(FlowWriterOptions options) : IFlowWriter
{
    private const long NsPerSecond = 1_000_000_000;

    private static readonly string[] Protocols = Enumerable.Range(0, 256).Select(static number => ProtocolName((byte)number)).ToArray();

    private readonly ByteBuffer _output = new(options.Output);

    /// <inheritdoc/>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!FlowHosts.Are(record) || record.FirstNs < 0)
        {
            LeftOut++;
            return;
        }

        long lastNs = Math.Max(record.FirstNs, record.LastNs);
        _output.Add("{\"timestamp\":\""u8);
        FlowText.Eve(_output, lastNs);
        _output.Add('"');
        Integer(",\"flow_id\":"u8, record.FlowId);
        Text(",\"in_iface\":"u8, record.Context?.Interface);
        Integer(",\"pcap_cnt\":"u8, record.LastPacket);
        _output.Add(",\"event_type\":\"flow\""u8);
        if (record.Vlan is { Length: > 0 } vlan)
        {
            _output.Add(",\"vlan\":"u8);
            FlowCells.Json(_output, vlan);
        }

        Ends(record);
        Text(",\"app_proto\":"u8, record.ServiceBy == "port" ? null : EveServices.ToEve(record.Service));
        Flow(record, lastNs);
        Text(",\"community_id\":"u8, record.CommunityId());
        if (record.ProtocolNumber == IpProtocol.Tcp)
        {
            Tcp(record);
        }

        Text(",\"pcap_filename\":"u8, record.Capture);
        _output.Add("}\n"u8);
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish() => _output.Flush();

    private void Ends(FlowRecord record)
    {
        _output.Add(",\"src_ip\":\""u8);
        _output.Add(record.Source);
        _output.Add('"');
        Integer(",\"src_port\":"u8, record.SourcePort);
        _output.Add(",\"dest_ip\":\""u8);
        _output.Add(record.Destination);
        _output.Add('"');
        Integer(",\"dest_port\":"u8, record.DestinationPort);
        _output.Add(",\"proto\":\""u8);
        FlowText.Utf8(_output, Protocols[record.ProtocolNumber]);
        _output.Add('"');
        if (record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6 && record.Context is { IcmpType: >= 0 } icmp)
        {
            Integer(",\"icmp_type\":"u8, icmp.IcmpType);
            Integer(",\"icmp_code\":"u8, icmp.IcmpCode);
            int answer = IcmpCounterpart.Of((byte)record.ProtocolNumber, icmp.IcmpType);
            if (record.DestinationPackets > 0 && answer >= 0)
            {
                Integer(",\"response_icmp_type\":"u8, answer);
                Integer(",\"response_icmp_code\":"u8, 0);
            }
        }
    }

    private void Flow(FlowRecord record, long lastNs)
    {
        _output.Add(",\"flow\":{\"pkts_toserver\":"u8);
        _output.Number(Math.Max(record.SourcePackets, 0));
        Integer(",\"pkts_toclient\":"u8, Math.Max(record.DestinationPackets, 0));
        Integer(",\"bytes_toserver\":"u8, Math.Max(record.SourceBytes, 0));
        Integer(",\"bytes_toclient\":"u8, Math.Max(record.DestinationBytes, 0));
        _output.Add(",\"start\":\""u8);
        FlowText.Eve(_output, record.FirstNs);
        _output.Add("\",\"end\":\""u8);
        FlowText.Eve(_output, lastNs);
        _output.Add('"');
        Integer(",\"age\":"u8, (lastNs / NsPerSecond) - (record.FirstNs / NsPerSecond));
        Text(",\"state\":"u8, record.EveState);

        // The end of a capture is the end of the engine for Suricata.
        Text(",\"reason\":"u8, record.Reason == "eof" ? "shutdown" : record.Reason);
        _output.Add(",\"alerted\":false}"u8);
    }

    private void Tcp(FlowRecord record)
    {
        _output.Add(",\"tcp\":{\"tcp_flags\":\""u8);
        int source = Math.Max((int)record.SourceFlags, 0) & 0xFF;
        int destination = Math.Max((int)record.DestinationFlags, 0) & 0xFF;
        int all = source | destination;
        Hex(all);
        _output.Add("\",\"tcp_flags_ts\":\""u8);
        Hex(source);
        _output.Add("\",\"tcp_flags_tc\":\""u8);
        Hex(destination);
        _output.Add('"');
        Flag(",\"syn\":true"u8, all & 0x02);
        Flag(",\"fin\":true"u8, all & 0x01);
        Flag(",\"rst\":true"u8, all & 0x04);
        Flag(",\"psh\":true"u8, all & 0x08);
        Flag(",\"ack\":true"u8, all & 0x10);
        Flag(",\"urg\":true"u8, all & 0x20);
        Flag(",\"ecn\":true"u8, all & 0x40);
        Flag(",\"cwr\":true"u8, all & 0x80);
        Text(",\"state\":"u8, TcpState(record));
        _output.Add('}');
    }

    // The state of a session in Suricata's engine at its end, from what Zeek's words tell of both sides.
    private static string? TcpState(FlowRecord record) => record.ConnectionState switch
    {
        "S0" or "SH" => "syn_sent",
        "SHR" => "syn_recv",
        "S1" => record.State == "ACC" ? "syn_recv" : "established",
        "S2" => "fin_wait2",
        "S3" => "close_wait",
        "SF" or "REJ" or "RSTO" or "RSTR" or "RSTOS0" or "RSTRH" => "closed",
        "OTH" when record.EveState is not ("closed" or "established") => "none",
        _ => record.EveState is "closed" or "established" ? record.EveState : null,
    };

    private static string ProtocolName(byte number) => number switch
    {
        IpProtocol.IcmpV6 => "IPv6-ICMP",
        _ => FlowProtocols.Name(number) is { } name && !char.IsAsciiDigit(name[0]) ? name.ToUpperInvariant() : number.ToString("D3", CultureInfo.InvariantCulture),
    };

    private void Integer(ReadOnlySpan<byte> key, long value)
    {
        if (value >= 0)
        {
            _output.Add(key);
            _output.Number(value);
        }
    }

    private void Text(ReadOnlySpan<byte> key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _output.Add(key);
            FlowText.Json(_output, text);
        }
    }

    private void Flag(ReadOnlySpan<byte> text, int bit)
    {
        if (bit != 0)
        {
            _output.Add(text);
        }
    }

    private void Hex(int value)
    {
        _output.Add("0123456789abcdef"u8[value >> 4]);
        _output.Add("0123456789abcdef"u8[value & 15]);
    }
}
