using System.Buffers.Binary;

namespace Vittne.Protocols.RdpUdp;

/// <summary>
/// The datagram with which a side opens (MS-RDPEUDP sections 2.2.2.1, 2.2.2.5, 2.2.2.8, 2.2.2.9), padded with zeros to its MTU.
/// <code>
/// source_ack(4) window(2) flags(2)  initial_number(4) upstream_mtu(2) downstream_mtu(2)
/// [correlation_id(16) reserved(16)]  [syn_ex_flags(2) version(2) cookie_hash(32, version 3)]
/// </code>
/// </summary>
internal readonly struct RdpUdpSyn
{
    private const int HeaderLength = 8;
    private const int SynLength = 8;
    private const int CorrelationLength = 32;
    private const int MinMtu = 1132;
    private const int MaxMtu = 1232;
    private const ushort VersionThree = 0x0101;

    /// <summary>Number before that of the side's first datagram with data.</summary>
    public uint InitialNumber { get; private init; }

    /// <summary>True when the connection does not repeat what was lost: DTLS.</summary>
    public bool IsLossy { get; private init; }

    /// <summary>True for the side that answers.</summary>
    public bool IsAnswer { get; private init; }

    /// <summary>True when the side names version 3, whose datagrams with data have another form; the answer decides.</summary>
    public bool IsVersion3 { get; private init; }

    /// <summary>Reads such a datagram. Strict: every fixed field must be right.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RdpUdpSyn syn)
    {
        syn = default;
        if (datagram.Length < HeaderLength + SynLength)
        {
            return false;
        }

        var flags = (RdpUdpFlags)BinaryPrimitives.ReadUInt16BigEndian(datagram[6..]);
        bool isAnswer = (flags & RdpUdpFlags.Ack) != 0;
        if ((flags & RdpUdpFlags.Syn) == 0 || (flags & ~RdpUdpFlags.WithSyn) != 0
            || (!isAnswer && BinaryPrimitives.ReadUInt32BigEndian(datagram) != uint.MaxValue)
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[12..]) is < MinMtu or > MaxMtu
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[14..]) is < MinMtu or > MaxMtu)
        {
            return false;
        }

        int versionAt = HeaderLength + SynLength + ((flags & RdpUdpFlags.CorrelationId) != 0 ? CorrelationLength : 0);
        bool hasVersion = (flags & RdpUdpFlags.SynEx) != 0 && datagram.Length >= versionAt + 4;
        syn = new RdpUdpSyn
        {
            InitialNumber = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]),
            IsLossy = (flags & RdpUdpFlags.SynLossy) != 0,
            IsAnswer = isAnswer,
            IsVersion3 = hasVersion && BinaryPrimitives.ReadUInt16BigEndian(datagram[(versionAt + 2)..]) == VersionThree,
        };
        return true;
    }
}
