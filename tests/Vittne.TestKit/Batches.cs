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
        batch.Packets.Start();
        foreach (byte[] frame in frames)
        {
            Add(batch, linkType, frame, StartNs + (batch.Packets.Count * 1_000_000L), frame.Length);
        }

        return batch;
    }

    /// <summary>Appends a packet.</summary>
    public static void Add(DecodedBatch batch, ushort linkType, ReadOnlySpan<byte> frame, long timestampNs, int wireLength)
    {
        PacketBatch packets = batch.Packets;
        int offset = packets.Append(frame);
        packets.Packets[packets.Count] = new PacketRef(timestampNs, packets.Count + 1, offset, frame.Length, wireLength, linkType, 0);
        packets.Count++;
    }
}
