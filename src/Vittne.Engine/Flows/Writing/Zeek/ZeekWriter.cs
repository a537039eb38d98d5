using Vittne.Engine.Output;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing.Zeek;

/// <summary>
/// Zeek's <c>conn.log</c> in its ASCII form. Records without host addresses at both ends (frames without IP, aggregates) have no place in it. What
/// Zeek defines in its own way is told in its way: duration without packets that follow both FINs and bring nothing, bytes by sequence numbers and
/// acknowledgements, both unset where no time passed. The log opens at the start of its first flow and closes at the end of its last.
/// </summary>
/// <param name="options">Where lines go.</param>
public sealed class ZeekWriter(FlowWriterOptions options) : IFlowWriter
{
    private const byte Tab = (byte)'\t';

    private readonly ByteBuffer _output = new(options.Output);
    private bool _isOpen;
    private long _firstNs = long.MaxValue;
    private long _lastNs = long.MinValue;

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

        _firstNs = Math.Min(_firstNs, record.FirstNs);
        _lastNs = Math.Max(_lastNs, Math.Max(record.FirstNs, record.LastNs));
        Open();
        FlowText.Microseconds(_output, record.FirstNs);
        _output.Add(Tab);
        if (record.FlowId >= 0)
        {
            ZeekUid.Write(_output, record.FlowId);
        }
        else
        {
            _output.Add('-');
        }

        Ends(record);
        _output.Add(Tab);
        _output.Add(record.ProtocolNumber switch
        {
            IpProtocol.Tcp => "tcp"u8,
            IpProtocol.Udp => "udp"u8,
            IpProtocol.Icmp or IpProtocol.IcmpV6 => "icmp"u8,
            _ => "unknown_transport"u8,
        });
        _output.Add(Tab);
        Service(record);
        Amounts(record);
        _output.Add('\n');
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Open();
        _output.Add("#close\t"u8);
        Moment(_lastNs == long.MinValue ? 0 : _lastNs);
        _output.Add('\n');
        _output.Flush();
    }

    private void Open()
    {
        if (_isOpen)
        {
            return;
        }

        _isOpen = true;
        _output.Add("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#open\t"u8);
        Moment(_firstNs == long.MaxValue ? 0 : _firstNs);
        _output.Add("\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state"u8);
        _output.Add("\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\tip_proto"u8);
        _output.Add("\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring"u8);
        _output.Add("\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\tcount\n"u8);
    }

    private void Ends(FlowRecord record)
    {
        _output.Add(Tab);
        _output.Add(record.Source);
        _output.Add(Tab);
        (int source, int destination) = Ports(record);
        _output.Number(source);
        _output.Add(Tab);
        _output.Add(record.Destination);
        _output.Add(Tab);
        _output.Number(destination);
    }

    // A message of ICMP has its type for a port, and its counterpart or, where there is none, its code for the other.
    private static (int Source, int Destination) Ports(FlowRecord record)
    {
        if (record.ProtocolNumber is not (IpProtocol.Icmp or IpProtocol.IcmpV6) || record.Context is not { IcmpType: >= 0 } context)
        {
            return (Math.Max(record.SourcePort, 0), Math.Max(record.DestinationPort, 0));
        }

        int counterpart = IcmpCounterpart.Of((byte)record.ProtocolNumber, context.IcmpType);
        return (context.IcmpType, counterpart >= 0 ? counterpart : Math.Max(context.IcmpCode, 0));
    }

    private void Service(FlowRecord record)
    {
        // Zeek names what it has seen, never what a port stands for.
        if (record.Service is not { Length: > 0 } service || record.ServiceBy == "port")
        {
            _output.Add('-');
        }
        else if (service.Contains(',', StringComparison.Ordinal))
        {
            string[] names = service.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            ZeekText.Write(_output, string.Join(',', Array.ConvertAll(names, name => ZeekServices.ToZeek(name, record.ProtocolNumber))));
        }
        else
        {
            ZeekText.Write(_output, ZeekServices.ToZeek(service, record.ProtocolNumber));
        }
    }

    private void Amounts(FlowRecord record)
    {
        bool isTcp = record.ProtocolNumber == IpProtocol.Tcp;
        FlowZeek? own = record.Zeek;
        long duration = own is { DurationNs: >= 0 } ? own.DurationNs : record.DurationNs;
        _output.Add(Tab);
        if (duration > 0)
        {
            FlowText.Microseconds(_output, duration);
        }
        else
        {
            _output.Add('-');
        }

        Count(duration <= 0 ? FlowRecord.Unknown : own is { SourceBytes: >= 0 } ? own.SourceBytes : Payload(isTcp, record.SourceSequenceBytes, record.SourceAppBytes));
        Count(duration <= 0 ? FlowRecord.Unknown : own is { DestinationBytes: >= 0 } ? own.DestinationBytes : Payload(isTcp, record.DestinationSequenceBytes, record.DestinationAppBytes));
        Text(record.ConnectionState);
        Truth(ZeekNetworks.IsLocal(record.Source.Ip));
        Truth(ZeekNetworks.IsLocal(record.Destination.Ip));
        Count(own is { MissedBytes: >= 0 } ? own.MissedBytes : Math.Max(record.Tcp is { } tcp ? FlowRecord.Sum(tcp.SourceGapBytes, tcp.DestinationGapBytes) : 0, 0));
        Text(record.History is { Length: > 0 } history ? history : null);
        Count(record.SourcePackets);
        Count(record.SourceIpBytes);
        Count(record.DestinationPackets);
        Count(record.DestinationIpBytes);
        _output.Add(Tab);
        if (record.Context is { Parent: >= 0 } context)
        {
            ZeekUid.Write(_output, context.Parent);
        }
        else
        {
            _output.Add('-');
        }

        Count(record.ProtocolNumber);
    }

    private static long Payload(bool isTcp, long bySequence, long byPackets) => isTcp && bySequence >= 0 ? bySequence : byPackets;

    private void Count(long value)
    {
        _output.Add(Tab);
        if (value >= 0)
        {
            _output.Number(value);
        }
        else
        {
            _output.Add('-');
        }
    }

    private void Text(string? value)
    {
        _output.Add(Tab);
        ZeekText.Write(_output, value);
    }

    private void Truth(bool value)
    {
        _output.Add(Tab);
        _output.Add(value ? 'T' : 'F');
    }

    private void Moment(long ns) => FlowText.Date(_output, FlowText.Split(ns).Second, '-', '-');
}
