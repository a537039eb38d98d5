using System.Buffers.Binary;
using System.Text;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>Values of a flow record for the fields of a template. What the record does not tell is zero.</summary>
internal static class ExportRecord
{
    /// <summary>Bytes that the longest record needs: the fixed fields of IPv6, and a name of 255 bytes with its length.</summary>
    public const int MaxLength = 512;

    /// <summary>Seconds from 1900, where NTP counts from, to 1970.</summary>
    private const long NtpOffset = 2_208_988_800;

    private const ulong NsPerSecond = 1_000_000_000;
    private const long NsPerMillisecond = 1_000_000;
    private const int MaxName = 64;

    /// <summary>Writes a record. Returns its bytes.</summary>
    /// <param name="template">Its fields.</param>
    /// <param name="record">The flow.</param>
    /// <param name="isReverse">True for the flow from the responder to the originator: NetFlow knows one direction only.</param>
    /// <param name="bootMs">When the exporter started, milliseconds since the epoch: what NetFlow times count from.</param>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    public static int Write(ExportTemplate template, FlowRecord record, bool isReverse, long bootMs, Span<byte> destination)
    {
        int at = 0;
        foreach (ExportField field in template.Fields)
        {
            if (field.Length == ExportField.Variable)
            {
                at += Name(record.Service, destination[at..]);
                continue;
            }

            Span<byte> place = destination.Slice(at, field.Length);
            at += field.Length;
            bool isOther = field.IsReverse != isReverse;
            if (field.Element is ExportElement.SourceV6 or ExportElement.DestinationV6 or ExportElement.SourceV4 or ExportElement.DestinationV4)
            {
                bool isSource = field.Element is ExportElement.SourceV6 or ExportElement.SourceV4;
                (isSource == isReverse ? record.Destination : record.Source).Ip.Write(place);
                continue;
            }

            switch (field.Element)
            {
                case ExportElement.StartMicroseconds or ExportElement.StartNanoseconds:
                    BinaryPrimitives.WriteUInt64BigEndian(place, Ntp(record.FirstNs, field.Element == ExportElement.StartMicroseconds));
                    break;
                case ExportElement.EndMicroseconds or ExportElement.EndNanoseconds:
                    BinaryPrimitives.WriteUInt64BigEndian(place, Ntp(Last(record), field.Element == ExportElement.EndMicroseconds));
                    break;
                default:
                    Number(Value(field.Element, record, isOther, bootMs), place);
                    break;
            }
        }

        return at;
    }

    private static long Value(ExportElement element, FlowRecord record, bool isOther, long bootMs) => element switch
    {
        ExportElement.StartMilliseconds => record.FirstNs / NsPerMillisecond,
        ExportElement.EndMilliseconds => Last(record) / NsPerMillisecond,
        ExportElement.StartUptime => (record.FirstNs / NsPerMillisecond) - bootMs,
        ExportElement.EndUptime => (Last(record) / NsPerMillisecond) - bootMs,
        ExportElement.SourcePort => isOther ? record.DestinationPort : record.SourcePort,
        ExportElement.DestinationPort => IsIcmp(record) ? Icmp(record, isOther) : isOther ? record.SourcePort : record.DestinationPort,
        ExportElement.Protocol => record.ProtocolNumber,
        ExportElement.Packets => isOther ? record.DestinationPackets : record.SourcePackets,
        ExportElement.Bytes => isOther ? Bytes(record.DestinationIpBytes, record.DestinationBytes) : Bytes(record.SourceIpBytes, record.SourceBytes),
        ExportElement.LinkBytes => isOther ? record.DestinationBytes : record.SourceBytes,
        ExportElement.TcpFlags => isOther ? record.DestinationFlags : record.SourceFlags,
        ExportElement.ClassOfService => isOther ? record.DestinationTos : record.SourceTos,
        ExportElement.MinTtl => isOther ? Ttl(record.Context?.DestinationTtlMin, record.DestinationTtl) : Ttl(record.Context?.SourceTtlMin, record.SourceTtl),
        ExportElement.MaxTtl => isOther ? Ttl(record.Context?.DestinationTtlMax, record.DestinationTtl) : Ttl(record.Context?.SourceTtlMax, record.SourceTtl),
        ExportElement.IcmpTypeCode or ExportElement.IcmpTypeCodeV6 => Icmp(record, isOther),
        ExportElement.Vlan => record.Vlan is { Length: > 0 } vlan ? vlan[0] : 0,

        // Label in 20 bits, and the bottom of the stack.
        ExportElement.Mpls => record.Context?.Mpls is { Length: > 0 } mpls ? ((long)mpls[0] << 4) | (mpls.Length == 1 ? 1L : 0) : 0,
        ExportElement.SourceMac => isOther ? record.DestinationMac : record.SourceMac,
        ExportElement.DestinationMac => isOther ? record.SourceMac : record.DestinationMac,
        ExportElement.SourceSystem => (isOther ? record.Context?.DestinationSystem : record.Context?.SourceSystem) ?? 0,
        ExportElement.DestinationSystem => (isOther ? record.Context?.SourceSystem : record.Context?.DestinationSystem) ?? 0,
        ExportElement.EndReason => Reason(record),
        ExportElement.BiflowDirection => record.Direction is FlowDirection.Forward or FlowDirection.Guessed ? 1 : record.Direction == FlowDirection.Backward ? 2 : 0,
        ExportElement.FlowId => record.FlowId,
        _ => 0,
    };

    private static bool IsIcmp(FlowRecord record) => record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6;

    private static long Icmp(FlowRecord record, bool isOther)
    {
        if (!IsIcmp(record) || record.Context is not { IcmpType: >= 0 } icmp)
        {
            return 0;
        }

        int answer = isOther ? IcmpCounterpart.Of((byte)record.ProtocolNumber, icmp.IcmpType) : -1;
        return answer >= 0 ? answer << 8 : (icmp.IcmpType << 8) | Math.Max(icmp.IcmpCode, 0);
    }

    private static long Reason(FlowRecord record) => record.Status switch
    {
        "start" or "status" => 2,
        _ => record.EveState == "closed" ? 3 : record.Reason switch
        {
            "timeout" => 1,
            "forced" or "shutdown" or "eof" => 4,
            _ => 0,
        },
    };

    private static long Bytes(long byIpLength, long byLink) => byIpLength >= 0 ? byIpLength : byLink;

    private static long Ttl(short? extreme, short first) => extreme is >= 0 ? extreme.Value : first;

    private static long Last(FlowRecord record) => Math.Max(record.FirstNs, record.LastNs);

    // Seconds since 1900 modulo 2^32 and a binary fraction (RFC 7011 sections 6.1.9 and 6.1.10), rounded up so that a reader who cuts off gets the same
    // time; the lowest 11 bits of microseconds are zero.
    private static ulong Ntp(long ns, bool isMicrosecond)
    {
        (long second, long fraction) = FlowText.Split(ns);
        ulong binary = (((ulong)fraction << 32) + NsPerSecond - 1) / NsPerSecond;
        binary = isMicrosecond ? (binary + 0x7FF) & ~0x7FFUL : binary;
        return unchecked(((ulong)(uint)(second + NtpOffset) << 32) + binary);
    }

    private static void Number(long value, Span<byte> place)
    {
        Span<byte> whole = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(whole, Math.Max(value, 0));
        whole[^place.Length..].CopyTo(place);
    }

    private static int Name(string? name, Span<byte> place)
    {
        ReadOnlySpan<char> text = name is null ? "" : name.AsSpan(0, Math.Min(name.Length, MaxName));
        int length = Encoding.UTF8.GetBytes(text, place[1..]);
        place[0] = (byte)length;
        return 1 + length;
    }
}
