using Vittne.Capture;

namespace Vittne.Engine.Grep;

/// <summary>Copies of the last packets that were not shown, for when a match follows.</summary>
/// <param name="count">How many.</param>
internal sealed class GrepBefore(int count)
{
    private readonly Queue<Kept> _kept = new(count);

    /// <summary>Keeps a packet; the oldest goes.</summary>
    public void Keep(GrepSlot slot, int index, long number)
    {
        if (_kept.Count == count)
        {
            _kept.Dequeue();
        }

        _kept.Enqueue(new Kept(slot.Batch.Packets.Packets[index], slot.Capture, number, slot.Batch.Packets.Bytes(index).ToArray()));
    }

    /// <summary>Shows what is kept, and forgets it.</summary>
    public void Replay(GrepCollector collector)
    {
        while (_kept.TryDequeue(out Kept? kept))
        {
            collector.ShowKept(kept.Packet, kept.Capture, kept.Number, kept.Bytes);
        }
    }

    private sealed record Kept(PacketRef Packet, int Capture, long Number, byte[] Bytes);
}
