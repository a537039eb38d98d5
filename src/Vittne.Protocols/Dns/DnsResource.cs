using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>One resource record (RFC 1035 section 4.1.3) as a view into its message.</summary>
public readonly ref struct DnsResource
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _dataOffset;
    private readonly int _dataLength;

    internal DnsResource(ReadOnlySpan<byte> message, DnsSection section, int nameOffset, int dataOffset, int dataLength)
    {
        _message = message;
        _dataOffset = dataOffset;
        _dataLength = dataLength;
        Section = section;
        NameOffset = nameOffset;
    }

    /// <summary>The section that holds it.</summary>
    public DnsSection Section { get; }

    /// <summary>Where its owner name starts, for <see cref="DnsMessage.WriteName"/>.</summary>
    public int NameOffset { get; }

    /// <summary>TYPE (<see cref="DnsType"/>).</summary>
    public ushort Type { get; init; }

    /// <summary>CLASS as sent; in mDNS the top bit flushes caches (RFC 6762 section 10.2), in OPT it is the UDP size.</summary>
    public ushort Class { get; init; }

    /// <summary>TTL in seconds; in OPT extended RCODE, version and flags.</summary>
    public uint TimeToLive { get; init; }

    /// <summary>RDATA.</summary>
    public ReadOnlySpan<byte> Data => _message.Slice(_dataOffset, _dataLength);

    /// <summary>Where <see cref="Data"/> starts in the message.</summary>
    public int DataOffset => _dataOffset;

    /// <summary>True when the top bit of the class is set.</summary>
    public bool HasTopBit => Class >= 0x8000;

    /// <summary>The address of an A or AAAA record.</summary>
    /// <returns>False for other types and other lengths than 4 and 16.</returns>
    public bool TryGetAddress(out IpAddress address)
    {
        if (Type == DnsType.A && _dataLength == 4)
        {
            address = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(Data));
            return true;
        }

        if (Type == DnsType.Aaaa && _dataLength == 16)
        {
            address = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(Data), BinaryPrimitives.ReadUInt64BigEndian(Data[8..]));
            return true;
        }

        address = default;
        return false;
    }

    /// <summary>
    /// Where the name inside the data starts: CNAME, NS, PTR, DNAME, the exchange of MX, the target of SRV, SVCB and HTTPS, the
    /// primary server of SOA. The name may still be damaged: <see cref="DnsMessage.WriteName"/> tells.
    /// </summary>
    /// <returns>False for types without such a name and for data that is too short for one.</returns>
    public bool TryGetTarget(out int nameOffset)
    {
        int before = Type switch
        {
            DnsType.Cname or DnsType.Ns or DnsType.Ptr or DnsType.Dname or DnsType.Soa => 0,
            DnsType.Mx or DnsType.Svcb or DnsType.Https => 2,
            DnsType.Srv => 6,
            _ => -1,
        };
        nameOffset = _dataOffset + before;
        return before >= 0 && before < _dataLength;
    }
}
