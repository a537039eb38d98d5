using Vittne.Capture;
using Vittne.Packets;

namespace Vittne.TestKit;

/// <summary>Fills batches without a capture.</summary>
public static class Batches
{
    /// <summary>Time of the first packet; each next is a millisecond later.</summary>
    public const long StartNs = 1_700_000_000_000_000_000;

    /// <summary>A batch that holds copies of <paramref name="frames"/>, whole.</summary>
    public static DecodedBatch Of(ushort linkType, params IReadOnlyList<byte[]> frames)
    {
        var batch = new DecodedBatch();
        Clear(batch.Packets);
        foreach (byte[] frame in frames)
        {
            Add(batch, linkType, frame, StartNs + (batch.Packets.Count * 1_000_000L), frame.Length);
        }

        return batch;
    }

    /// <summary>Empties a batch.</summary>
    public static void Clear(PacketBatch packets) => packets.Start();

    /// <summary>Appends a packet.</summary>
    public static void Add(DecodedBatch batch, ushort linkType, ReadOnlySpan<byte> frame, long timestampNs, int wireLength) =>
        Add(batch.Packets, linkType, frame, timestampNs, wireLength);

    /// <summary>Appends a packet.</summary>
    public static void Add(PacketBatch packets, ushort linkType, ReadOnlySpan<byte> frame, long timestampNs, int wireLength)
    {
        int offset = packets.Append(frame);
        packets.Packets[packets.Count] = new PacketRef(timestampNs, packets.Count + 1, offset, frame.Length, wireLength, linkType, 0);
        packets.Count++;
    }
}
