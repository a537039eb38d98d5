using Vittne.Engine.Output;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing;

/// <summary>
/// Records as <c>ra -n -u -c ,</c> prints them: a line of headings, then a line a record, times as seconds with six digits. Without columns they are
/// those of ra; chosen columns are headed as ra heads them.
/// </summary>
public sealed class ArgusFlowWriter : IFlowWriter
{
    private const int FlagWidth = 10;
    private const int DirectionWidth = 5;

    private readonly ByteBuffer _output;
    private readonly FlowColumn[] _columns;
    private readonly bool _hasFlags;

    /// <summary>Makes the writer, and writes the headings.</summary>
    public ArgusFlowWriter(FlowWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _output = new ByteBuffer(options.Output);
        _columns = [.. options.Columns ?? ArgusColumns.Default];
        _hasFlags = options.Columns is null;
        for (int i = 0; i < _columns.Length; i++)
        {
            Separate(i);
            FlowText.Utf8(_output, ArgusColumns.Label(_columns[i].Field));
            if (i == 0 && _hasFlags)
            {
                _output.Add(',');
                FlowText.Utf8(_output, ArgusColumns.Flags);
            }
        }

        _output.Add('\n');
    }

    /// <inheritdoc/>
    public long LeftOut => 0;

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        for (int i = 0; i < _columns.Length; i++)
        {
            Separate(i);
            Cell(_columns[i], record);
            if (i == 0 && _hasFlags)
            {
                _output.Add(',');
                Flags(record);
            }
        }

        _output.Add('\n');
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish() => _output.Flush();

    private void Separate(int column)
    {
        if (column > 0)
        {
            _output.Add(',');
        }
    }

    private void Cell(FlowColumn column, FlowRecord record)
    {
        if (Icmp(column.Field.Name, record))
        {
            return;
        }

        FlowValue value = FlowCells.Get(column, record);
        switch (value.Kind)
        {
            case FlowFieldKind.Absent:
                break;
            case FlowFieldKind.Text when column.Field.Name == "dir":
                string arrow = value.Text == "->" && record.Protocol is "arp" or "rarp" ? "who" : value.Text;
                _output.Fill((byte)' ', Math.Max(DirectionWidth - arrow.Length, 0));
                FlowText.Visible(_output, arrow);
                break;
            case FlowFieldKind.Text:
                FlowText.Visible(_output, value.Text.Replace(',', ';'));
                break;
            case FlowFieldKind.Texts:
                FlowText.Visible(_output, string.Join(';', value.Texts));
                break;
            case FlowFieldKind.Integers when column.Field.Name == "vlan":
                Hex(value.Integers[^1], 4);
                break;
            case FlowFieldKind.Integers:
                _output.Number(value.Integers[0]);
                break;
            case FlowFieldKind.Time or FlowFieldKind.Duration:
                FlowText.Microseconds(_output, value.Number);
                break;
            case FlowFieldKind.Decimal:
                FlowText.Fixed(_output, value.Decimal);
                break;
            default:
                FlowCells.Plain(_output, column, record, value);
                break;
        }
    }

    // ra has type and code where TCP has the source port, and the identifier for the destination port.
    private bool Icmp(string field, FlowRecord record)
    {
        if (record.ProtocolNumber is not (IpProtocol.Icmp or IpProtocol.IcmpV6) || record.Context is not { IcmpType: >= 0 } icmp || field is not ("sport" or "dport"))
        {
            return false;
        }

        bool isSource = field == "sport";
        if (record.ProtocolNumber == IpProtocol.IcmpV6)
        {
            _output.Number(isSource ? icmp.IcmpType : Math.Max(icmp.IcmpCode, 0));
        }
        else
        {
            Hex(isSource ? (Math.Max(icmp.IcmpCode, 0) << 8) | icmp.IcmpType : Math.Max(icmp.IcmpId, 0), 4);
        }

        return true;
    }

    private void Hex(int value, int digits)
    {
        _output.Add("0x"u8);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        {
            _output.Add("0123456789abcdef"u8[(value >> shift) & 15]);
        }
    }

    private void Flags(FlowRecord record)
    {
        Span<byte> flags = stackalloc byte[FlagWidth];
        flags.Fill((byte)' ');
        FlowContext? context = record.Context;
        bool isTunnelled = context?.Tunnel is { Length: > 0 };
        flags[1] = isTunnelled ? (byte)'*'
            : context is { HasManyMacs: true } ? (byte)'M'
            : context?.Mpls is { Length: > 0 } ? (byte)'m'
            : record.Vlan is { Length: > 0 } ? (byte)'v'
            : record.SourceMac >= 0 || record.Source.Kind == FlowAddressKind.Mac ? (byte)'e'
            : (byte)' ';
        flags[2] = context?.IcmpError switch
        {
            null or "" => (byte)' ',
            "RED" => (byte)'R',
            "TXD" => (byte)'T',
            ['U', 'R', ..] => (byte)'U',
            _ => (byte)'I',
        };
        if (record.Tcp is { } tcp)
        {
            flags[3] = Either(tcp.SourceRetransmissions, tcp.DestinationRetransmissions, '*', 's', 'd');
            flags[3] = flags[3] != (byte)' ' ? flags[3] : Either(tcp.SourceOutOfOrder, tcp.DestinationOutOfOrder, '&', 'i', 'r');
            flags[3] = flags[3] == (byte)' ' && (tcp.SourceGapBytes > 0 || tcp.DestinationGapBytes > 0) ? (byte)'g' : flags[3];
            flags[4] = Either(tcp.SourceZeroWindows, tcp.DestinationZeroWindows, '@', 'S', 'D');
        }

        flags[6] = context is { Fragments: > 0 } ? (byte)(context.IsFragmentOrphan ? 'f' : 'F') : (byte)' ';
        _output.Add(flags);
    }

    private static byte Either(long source, long destination, char both, char one, char other) =>
        (byte)(source > 0 ? destination > 0 ? both : one : destination > 0 ? other : ' ');
}
