using Vittne.Engine.Output;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing;

/// <summary>
/// Records as nfdump's CSV (<c>nfdump -o csv</c>): one line a flow with both directions, bytes by IP length, times to the second in UTC. Columns for what
/// a router would know (interfaces, next hops, engines) are zero. Records without host addresses at both ends have no place in it.
/// </summary>
/// <param name="options">Where lines go.</param>
public sealed class NfdumpFlowWriter(FlowWriterOptions options) : IFlowWriter
{
    private const string Header =
        "ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln,ismc,odmc,idmc,osmc,"
        + "mpls1,mpls2,mpls3,mpls4,mpls5,mpls6,mpls7,mpls8,mpls9,mpls10,cl,sl,al,ra,eng,exid,tr\n";

    private const int MplsColumns = 10;
    private const long NsPerMicrosecond = 1_000;
    private const long NsPerMillisecond = 1_000_000;

    // nfdump's letters from the highest bit: CWR, ECE, URG, ACK, PSH, RST, SYN, FIN.
    private const string FlagLetters = "CEUAPRSF";

    private readonly ByteBuffer _output = new(options.Output);
    private bool _isOpen;

    /// <inheritdoc/>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Open();
        if (!FlowHosts.Are(record) || record.FirstNs < 0)
        {
            LeftOut++;
            return;
        }

        long lastNs = Math.Max(record.FirstNs, record.LastNs);
        Moment(record.FirstNs, hasMilliseconds: false);
        Comma();
        Moment(lastNs, hasMilliseconds: false);
        Comma();
        Milliseconds(lastNs - record.FirstNs);
        Ends(record);
        Comma();
        Flags(Math.Max((int)record.SourceFlags, 0) | Math.Max((int)record.DestinationFlags, 0));
        Count(0);
        Count(record.SourceTos);
        Count(record.SourcePackets);
        Count(Bytes(record.SourceIpBytes, record.SourceBytes));
        Count(record.DestinationPackets);
        Count(Bytes(record.DestinationIpBytes, record.DestinationBytes));
        Count(0);
        Count(0);
        Count(record.Context?.SourceSystem ?? 0);
        Count(record.Context?.DestinationSystem ?? 0);
        _output.Add(",0,0"u8);
        Count(record.DestinationTos);
        _output.Add(",0,0.0.0.0,0.0.0.0"u8);
        int vlan = record.Vlan is { Length: > 0 } tags ? tags[^1] : 0;
        Count(vlan);
        Count(record.DestinationPackets > 0 ? vlan : 0);
        Link(record);
        _output.Add(",0.0.0.0,0/0,0,"u8);
        Moment(lastNs, hasMilliseconds: true);
        _output.Add('\n');
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Open();
        _output.Flush();
    }

    private static long Bytes(long byIpLength, long byLink) => byIpLength >= 0 ? byIpLength : byLink;

    private void Open()
    {
        if (!_isOpen)
        {
            _isOpen = true;
            FlowText.Utf8(_output, Header);
        }
    }

    private void Ends(FlowRecord record)
    {
        Comma();
        _output.Add(record.Source);
        Comma();
        _output.Add(record.Destination);
        bool isIcmp = record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6;
        if (isIcmp && record.Context is { IcmpType: >= 0 } icmp)
        {
            // Type and code stand where other protocols have the destination port.
            _output.Add(",0,"u8);
            _output.Number(icmp.IcmpType);
            _output.Add('.');
            _output.Number(Math.Max(icmp.IcmpCode, 0));
        }
        else
        {
            Count(record.SourcePort);
            Count(record.DestinationPort);
        }

        Comma();
        FlowText.Utf8(_output, record.ProtocolNumber == IpProtocol.IcmpV6 ? "ICMP6" : FlowProtocols.Name((byte)record.ProtocolNumber).ToUpperInvariant());
    }

    private void Link(FlowRecord record)
    {
        Mac(record.SourceMac);
        Mac(FlowRecord.Unknown);
        Mac(record.DestinationMac);
        Mac(FlowRecord.Unknown);
        int[] mpls = record.Context?.Mpls ?? [];
        for (int i = 0; i < MplsColumns; i++)
        {
            Count(i < mpls.Length ? mpls[i] : 0);
            _output.Add("-0-0"u8);
        }

        Comma();
        Latency(record.Tcp?.SynAckToAckNs ?? 0);
        Comma();
        Latency(record.Tcp?.SynToSynAckNs ?? 0);
        _output.Add(",    0.000"u8);
    }

    private void Flags(int flags)
    {
        for (int i = 0; i < FlagLetters.Length; i++)
        {
            _output.Add((flags & (0x80 >> i)) != 0 ? FlagLetters[i] : '.');
        }
    }

    private void Moment(long ns, bool hasMilliseconds)
    {
        (long second, long fraction) = FlowText.Split(ns);
        FlowText.Date(_output, second, ' ');
        if (hasMilliseconds)
        {
            _output.Add('.');
            _output.Number(fraction / NsPerMillisecond, 3);
        }
    }

    private void Milliseconds(long ns)
    {
        long milliseconds = (ns / NsPerMillisecond) + (ns % NsPerMillisecond >= NsPerMillisecond / 2 ? 1 : 0);
        _output.Number(milliseconds / 1_000);
        _output.Add('.');
        _output.Number(milliseconds % 1_000, 3);
    }

    // Milliseconds with three digits, nine characters wide.
    private void Latency(long ns)
    {
        long microseconds = Math.Max(ns, 0) / NsPerMicrosecond;
        long whole = microseconds / 1_000;
        for (long limit = 10_000; limit > 1 && whole < limit; limit /= 10)
        {
            _output.Add(' ');
        }

        _output.Number(whole);
        _output.Add('.');
        _output.Number(microseconds % 1_000, 3);
    }

    private void Mac(long address)
    {
        Comma();
        _output.Add(FlowAddress.OfMac(Math.Max(address, 0)));
    }

    private void Count(long value)
    {
        Comma();
        _output.Number(Math.Max(value, 0));
    }

    private void Comma() => _output.Add(',');
}
