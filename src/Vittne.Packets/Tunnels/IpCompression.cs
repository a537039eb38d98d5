using System.Buffers;
using System.IO.Compression;

namespace Vittne.Packets.Tunnels;

/// <summary>
/// IP Payload Compression (RFC 3173 section 3) with DEFLATE (RFC 2394). Both ends agree on the index elsewhere, so it does not tell the algorithm:
/// what DEFLATE cannot undo stays as it is.
/// <code>
/// | next header | flags | compression parameter index u16 | compressed payload |
/// </code>
/// </summary>
internal static class IpCompression
{
    private const int HeaderLength = 4;
    private const int MaxLength = 65_535;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ipcomp");

        // Of a datagram that an error quotes there is only the beginning.
        if (!walk.Has(HeaderLength + 1) || walk.IsCut || walk.Context.Fragments is null || !walk.EnterEncapsulation())
        {
            return Layer.Done;
        }

        byte protocol = walk.UInt8(0);
        walk.Skip(HeaderLength);
        byte[] room = ArrayPool<byte>.Shared.Rent(MaxLength + 1);
        try
        {
            int length = Inflate(walk.Rest, room.AsSpan(0, MaxLength + 1));
            if (length is <= 0 or > MaxLength)
            {
                return Layer.Done;
            }

            walk.Datagram = walk.Context.Batch.RentDatagram(length);
            room.AsSpan(0, length).CopyTo(walk.Datagram);
            walk.Data = walk.Datagram.AsSpan(0, length);
            walk.At = 0;
            walk.End = length;
            walk.WireEnd = length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }

        walk.Protocol = protocol;
        walk.Packet.Protocol = protocol;
        walk.SetPayload(0);
        return Layer.Transport;
    }

    /// <summary>Bytes written; -1 when the input is no DEFLATE.</summary>
    private static int Inflate(ReadOnlySpan<byte> compressed, Span<byte> room)
    {
        byte[] input = ArrayPool<byte>.Shared.Rent(compressed.Length);
        compressed.CopyTo(input);
        int length = 0;
        try
        {
            using var source = new MemoryStream(input, 0, compressed.Length, writable: false);
            using var inflater = new DeflateStream(source, CompressionMode.Decompress);
            int read;
            while (length < room.Length && (read = inflater.Read(room[length..])) > 0)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            length = -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
        }

        return length;
    }
}
