using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Protocols.Quic;

/// <summary>
/// One packet with a long header, as far as it can be read without keys (RFC 9000 section 17.2, RFC 8999).
/// <code>
/// flags(1) version(4) dcid_length(1) dcid scid_length(1) scid  Initial: token_length(i) token  all but Retry: length(i) packet_number payload
/// </code>
/// </summary>
internal readonly ref struct QuicPacket
{
    /// <summary>Longest connection id of all versions that are known.</summary>
    public const int MaxConnectionIdLength = 20;

    /// <summary>The version.</summary>
    public QuicVersion Version { get; private init; }

    /// <summary>What it is.</summary>
    public QuicPacketType Type { get; private init; }

    /// <summary>Destination connection id.</summary>
    public ReadOnlySpan<byte> DestinationId { get; private init; }

    /// <summary>Source connection id.</summary>
    public ReadOnlySpan<byte> SourceId { get; private init; }

    /// <summary>Length of the token of an Initial packet; 0 without one.</summary>
    public int TokenLength { get; private init; }

    /// <summary>The whole packet from its flags to its end; Retry: to the end of the datagram.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>Where the protected packet number begins.</summary>
    public int NumberOffset { get; private init; }

    /// <summary>Takes the next of the packets that a datagram is made of; short headers and padding end it.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> datagram, out QuicPacket packet)
    {
        packet = default;
        var reader = new WireReader(datagram);
        if (!reader.TryReadUInt8(out byte flags) || (flags & 0x80) == 0 || !reader.TryTake(sizeof(uint), out ReadOnlySpan<byte> number)
            || !QuicVersion.TryFind(BinaryPrimitives.ReadUInt32BigEndian(number), out QuicVersion version) || version.Salt.IsEmpty
            || !TryTakeConnectionId(ref reader, out ReadOnlySpan<byte> destination) || !TryTakeConnectionId(ref reader, out ReadOnlySpan<byte> source))
        {
            return false;
        }

        int bits = (flags >> 4) & 3;
        var type = (QuicPacketType)(version.IsVersion2 ? (bits + 3) & 3 : bits);
        int end = datagram.Length;
        ReadOnlySpan<byte> token = default;
        if (type != QuicPacketType.Retry)
        {
            if ((type == QuicPacketType.Initial && !QuicReader.TryTakeCounted(ref reader, out token))
                || !QuicReader.TryReadVariable(ref reader, out ulong length) || length > (ulong)reader.Rest.Length)
            {
                return false;
            }

            end = datagram.Length - reader.Rest.Length + (int)length;
        }

        packet = new QuicPacket
        {
            Version = version,
            Type = type,
            DestinationId = destination,
            SourceId = source,
            TokenLength = token.Length,
            Bytes = datagram[..end],
            NumberOffset = datagram.Length - reader.Rest.Length,
        };
        datagram = datagram[end..];
        return true;
    }

    private static bool TryTakeConnectionId(scoped ref WireReader reader, out ReadOnlySpan<byte> id)
    {
        id = default;
        return reader.TryReadUInt8(out byte length) && length <= MaxConnectionIdLength && reader.TryTake(length, out id);
    }
}
