using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>Tells whether a datagram begins a QUIC connection of a known version.</summary>
internal static class QuicRecognition
{
    private const int LongHeaderLength = 7;

    // A client's first datagram is padded to so many bytes (RFC 9000 section 14.1), whatever the version.
    private const int MinInitialLength = 1_200;
    private const ushort WellKnownPort = 443;

    /// <summary>Whether the datagram has a long header of a known version with sane connection ids, or that of old Google QUIC.</summary>
    public static bool Recognises(ReadOnlySpan<byte> datagram)
    {
        if (TryReadGoogleVersion(datagram, out _))
        {
            return true;
        }

        if (datagram.Length < LongHeaderLength || datagram[0] < 0xC0
            || !QuicVersion.TryFind(BinaryPrimitives.ReadUInt32BigEndian(datagram[1..]), out QuicVersion version) || version.Salt.IsEmpty)
        {
            return false;
        }

        int destination = datagram[5];
        if (destination > QuicPacket.MaxConnectionIdLength || datagram.Length < LongHeaderLength + destination)
        {
            return false;
        }

        int source = datagram[6 + destination];
        return source <= QuicPacket.MaxConnectionIdLength && datagram.Length >= LongHeaderLength + destination + source;
    }

    /// <summary>Whether a datagram to the well-known port begins a connection of a version that is not known (RFC 8999 section 5.1).</summary>
    public static bool RecognisesUnknownVersion(ReadOnlySpan<byte> datagram, ushort destinationPort)
    {
        if (destinationPort != WellKnownPort || datagram.Length < MinInitialLength || datagram[0] < 0xC0)
        {
            return false;
        }

        uint version = BinaryPrimitives.ReadUInt32BigEndian(datagram[1..]);
        int destination = datagram[5];
        return version != 0 && !QuicVersion.TryFind(version, out _)
            && destination is >= 8 and <= QuicPacket.MaxConnectionIdLength && datagram[6 + destination] <= QuicPacket.MaxConnectionIdLength;
    }

    /// <summary>Reads version and ids of a long header, which are in their places in all versions (RFC 8999 section 5.1).</summary>
    public static bool TryReadLongHeader(ReadOnlySpan<byte> datagram, out uint version, out ReadOnlySpan<byte> destination, out ReadOnlySpan<byte> source)
    {
        version = 0;
        destination = default;
        source = default;
        var reader = new WireReader(datagram);
        if (!reader.TryReadUInt8(out byte flags) || (flags & 0x80) == 0 || !reader.TryTake(sizeof(uint), out ReadOnlySpan<byte> number))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt32BigEndian(number);
        return HelloReader.TryTakeVector8(ref reader, out destination) && HelloReader.TryTakeVector8(ref reader, out source);
    }

    /// <summary>The connection id of a datagram of Google's versions up to Q043; empty when it has none.</summary>
    public static ReadOnlySpan<byte> GoogleConnectionId(ReadOnlySpan<byte> datagram)
    {
        const int Length = 8;
        if (TryReadLongHeader(datagram, out _, out _, out _))
        {
            // Q046: one byte holds both lengths, and those of the client are known.
            return datagram.Length > 6 + Length && datagram[5] >> 4 == 5 ? datagram.Slice(6, Length) : default;
        }

        return (datagram[0] & 0x08) != 0 && datagram.Length > Length ? datagram.Slice(1, Length) : default;
    }

    /// <summary>Reads the version of a datagram of Google's QUIC whose hello is in the clear.</summary>
    /// <returns>False when the datagram is none, or does not tell its version.</returns>
    public static bool TryReadGoogleVersion(ReadOnlySpan<byte> datagram, out uint version)
    {
        version = 0;
        if (datagram.IsEmpty)
        {
            return false;
        }

        // Up to Q043: flags with the version bit, an id of eight bytes when bit 3 is set. Q046: a long header, id lengths in one byte.
        byte flags = datagram[0];
        int at = (flags & 0xC0) switch
        {
            0 when (flags & 0x01) != 0 => (flags & 0x08) != 0 ? 9 : 1,
            0xC0 => 1,
            _ => -1,
        };
        if (at < 0 || datagram.Length < at + sizeof(uint))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt32BigEndian(datagram[at..]);
        return QuicVersion.IsGoogleClear(version);
    }
}
