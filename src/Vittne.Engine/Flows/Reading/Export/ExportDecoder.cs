using System.Text;
using Vittne.Engine.Flows.Writing.Export;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Reading.Export;

/// <summary>A flow record from the fields of a template. Fields in which zero means that the exporter does not know are absent then.</summary>
internal sealed class ExportDecoder
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMillisecond = 1_000_000;
    private const ushort StartSeconds = 150;
    private const ushort EndSeconds = 151;
    private const ushort IcmpTypeV4 = 176;
    private const ushort IcmpCodeV4 = 177;
    private const ushort IcmpTypeV6 = 178;
    private const ushort IcmpCodeV6 = 179;

    private readonly TextPool _pool = new();
    private FlowRecord _record = new();
    private ExportTime _first;
    private ExportTime _last;
    private int _icmp;

    /// <summary>Reads one record. Null when the data end within it.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="data">What is left of the set; moves on behind the record.</param>
    /// <param name="bootMs">When the exporter started, milliseconds since the epoch.</param>
    public FlowRecord? Read(ExportField[] fields, ref ReadOnlySpan<byte> data, long bootMs)
    {
        _record = new FlowRecord();
        _first = ExportTime.Unknown;
        _last = ExportTime.Unknown;
        _icmp = -1;
        foreach (ExportField field in fields)
        {
            int length = field.Length;
            if (length == ExportField.Variable)
            {
                if (data.IsEmpty || (data[0] == byte.MaxValue && data.Length < 3))
                {
                    return null;
                }

                length = data[0] == byte.MaxValue ? (data[1] << 8) | data[2] : data[0];
                data = data[(data[0] == byte.MaxValue ? 3 : 1)..];
            }

            if (data.Length < length)
            {
                return null;
            }

            Set(field, data[..length], bootMs);
            data = data[length..];
        }

        return Complete();
    }

    private static ulong Number(ReadOnlySpan<byte> value)
    {
        ulong number = 0;
        foreach (byte part in value.Length > 8 ? value[^8..] : value)
        {
            number = (number << 8) | part;
        }

        return number;
    }

    private static long Count(ulong number) => (long)Math.Min(number, long.MaxValue);

    private FlowRecord Complete()
    {
        FlowRecord record = _record;
        record.FirstNs = _first.Ns;
        record.LastNs = _last.Ns >= 0 ? _last.Ns : _first.Ns;
        record.TimeDigits = _first.HasNanoseconds || _last.HasNanoseconds ? (byte)9 : (byte)6;
        record.Protocol = record.ProtocolNumber >= 0 ? FlowProtocols.Name((byte)record.ProtocolNumber) : null;
        if (record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            // NetFlow has type and code in the destination port.
            int icmp = _icmp >= 0 ? _icmp : record.DestinationPort;
            record.SourcePort = -1;
            record.DestinationPort = -1;
            record.NeedContext().IcmpType = icmp >= 0 ? icmp >> 8 : -1;
            record.NeedContext().IcmpCode = icmp >= 0 ? icmp & 0xFF : -1;
        }
        else if (record.SourcePort == 0 && record.DestinationPort == 0 && record.ProtocolNumber is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp))
        {
            record.SourcePort = -1;
            record.DestinationPort = -1;
        }

        if (record.ProtocolNumber != IpProtocol.Tcp)
        {
            record.SourceFlags = -1;
            record.DestinationFlags = -1;
        }

        if (record.DestinationPackets <= 0)
        {
            record.DestinationTos = -1;
            record.DestinationFlags = -1;
        }

        return record;
    }

    private void Set(ExportField field, ReadOnlySpan<byte> value, long bootMs)
    {
        FlowRecord record = _record;
        ulong number = Number(value);
        if (field.IsReverse)
        {
            SetReverse(field.Element, number);
            return;
        }

        switch (field.Element)
        {
            case ExportElement.SourceV4 when value.Length == IpAddress.V4Length:
                record.Source = FlowAddress.Of(IpAddress.FromV4((uint)number));
                break;
            case ExportElement.DestinationV4 when value.Length == IpAddress.V4Length:
                record.Destination = FlowAddress.Of(IpAddress.FromV4((uint)number));
                break;
            case ExportElement.SourceV6 when value.Length == IpAddress.V6Length:
                record.Source = FlowAddress.Of(IpAddress.FromV6(value));
                break;
            case ExportElement.DestinationV6 when value.Length == IpAddress.V6Length:
                record.Destination = FlowAddress.Of(IpAddress.FromV6(value));
                break;
            case ExportElement.SourcePort:
                record.SourcePort = (int)(number & ushort.MaxValue);
                break;
            case ExportElement.DestinationPort:
                record.DestinationPort = (int)(number & ushort.MaxValue);
                break;
            case ExportElement.Protocol:
                record.ProtocolNumber = (byte)number;
                break;
            case ExportElement.Packets:
                record.SourcePackets = Count(number);
                break;
            case ExportElement.Bytes:
                record.SourceIpBytes = Count(number);
                break;
            case ExportElement.LinkBytes:
                record.SourceBytes = Count(number);
                break;
            case ExportElement.TcpFlags:
                record.SourceFlags = (short)(number & 0xFF);
                break;
            case ExportElement.ClassOfService:
                record.SourceTos = (short)(number & 0xFF);
                break;
            case ExportElement.StartMicroseconds or ExportElement.StartNanoseconds:
                _first.SetNtp(number, field.Element == ExportElement.StartMicroseconds);
                break;
            case ExportElement.EndMicroseconds or ExportElement.EndNanoseconds:
                _last.SetNtp(number, field.Element == ExportElement.EndMicroseconds);
                break;
            case ExportElement.StartMilliseconds:
                _first.Set(number, NsPerMillisecond);
                break;
            case ExportElement.EndMilliseconds:
                _last.Set(number, NsPerMillisecond);
                break;
            case (ExportElement)StartSeconds:
                _first.Set(number, NsPerSecond);
                break;
            case (ExportElement)EndSeconds:
                _last.Set(number, NsPerSecond);
                break;
            case ExportElement.StartUptime:
                _first.Set((ulong)Math.Max(bootMs + Count(number), 0), NsPerMillisecond);
                break;
            case ExportElement.EndUptime:
                _last.Set((ulong)Math.Max(bootMs + Count(number), 0), NsPerMillisecond);
                break;
            default:
                SetRare(field.Element, number, value);
                break;
        }
    }

    private void SetRare(ExportElement element, ulong number, ReadOnlySpan<byte> value)
    {
        FlowRecord record = _record;
        switch (element)
        {
            case ExportElement.IcmpTypeCode or ExportElement.IcmpTypeCodeV6:
                _icmp = (int)(number & ushort.MaxValue);
                break;
            case (ExportElement)IcmpTypeV4 or (ExportElement)IcmpTypeV6:
                _icmp = (Math.Max(_icmp, 0) & 0xFF) | ((byte)number << 8);
                break;
            case (ExportElement)IcmpCodeV4 or (ExportElement)IcmpCodeV6:
                _icmp = (Math.Max(_icmp, 0) & 0xFF00) | (byte)number;
                break;
            case ExportElement.MinTtl or ExportElement.MaxTtl when number > 0:
                record.SourceTtl = (short)(number & 0xFF);
                break;
            case ExportElement.Vlan when number > 0:
                record.Vlan = [(int)(number & ushort.MaxValue)];
                break;
            case ExportElement.Mpls when number > 0:
                record.NeedContext().Mpls = [(int)((number >> 4) & 0xFFFFF)];
                break;
            case ExportElement.SourceMac when number > 0:
                record.SourceMac = (long)(number & 0xFFFF_FFFF_FFFF);
                break;
            case ExportElement.DestinationMac when number > 0:
                record.DestinationMac = (long)(number & 0xFFFF_FFFF_FFFF);
                break;
            case ExportElement.SourceSystem when number > 0:
                record.NeedContext().SourceSystem = Count(number);
                break;
            case ExportElement.DestinationSystem when number > 0:
                record.NeedContext().DestinationSystem = Count(number);
                break;
            case ExportElement.FlowId when number > 0:
                record.FlowId = Count(number);
                break;
            case ExportElement.BiflowDirection:
                record.Direction = number switch
                {
                    1 => FlowDirection.Forward,
                    2 => FlowDirection.Backward,
                    _ => FlowDirection.Unknown,
                };
                break;
            case ExportElement.EndReason:
                record.EveState = number == 3 ? "closed" : null;
                record.Reason = number switch
                {
                    1 => "timeout",
                    4 or 5 => "forced",
                    _ => null,
                };
                record.Status = number == 2 ? "status" : null;
                break;
            case ExportElement.Application when !value.IsEmpty:
                record.Service = _pool.Get(Encoding.UTF8.GetString(value));
                break;
            default:
                break;
        }
    }

    private void SetReverse(ExportElement element, ulong number)
    {
        FlowRecord record = _record;
        switch (element)
        {
            case ExportElement.Packets:
                record.DestinationPackets = Count(number);
                break;
            case ExportElement.Bytes:
                record.DestinationIpBytes = Count(number);
                break;
            case ExportElement.LinkBytes:
                record.DestinationBytes = Count(number);
                break;
            case ExportElement.TcpFlags:
                record.DestinationFlags = (short)(number & 0xFF);
                break;
            case ExportElement.ClassOfService:
                record.DestinationTos = (short)(number & 0xFF);
                break;
            case ExportElement.MinTtl or ExportElement.MaxTtl when number > 0:
                record.DestinationTtl = (short)(number & 0xFF);
                break;
            default:
                break;
        }
    }
}
