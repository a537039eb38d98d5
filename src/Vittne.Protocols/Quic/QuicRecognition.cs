using System.Buffers.Binary;

namespace Vittne.Protocols.Quic;

/// <summary>Tells whether a datagram begins a QUIC connection of a known version.</summary>
internal static class QuicRecognition
{
    private const int LongHeaderLength = 7;

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
