namespace Vittne.Capture.Live;

/// <summary>
/// Packets that arrive while they are read. One thread waits, reads and returns batches; others may look into batches that are handed out.
/// </summary>
public interface ILiveSource : IDisposable
{
    /// <summary>What the user called it, such as <c>eth0</c> or <c>any</c>.</summary>
    string Name { get; }

    /// <summary>LINKTYPE_ value of the packets.</summary>
    ushort LinkType { get; }

    /// <summary>What it ended with before its time, as a sentence without the name; null while nothing is wrong.</summary>
    string? Failure { get; }

    /// <summary>What the source waits for the end of, as a sentence without the name; null while packets can come.</summary>
    string? Interruption => null;

    /// <summary>Bytes of what it shares with the kernel; 0 for nothing.</summary>
    long RingLength => 0;

    /// <summary>Packets that were handed out behind newer ones because they came too late.</summary>
    long OutOfOrder => 0;

    /// <summary>A time, in nanoseconds since 1970, that no packet still to come is before, as far as the clock of the machine is steady.</summary>
    long HorizonNs { get; }

    /// <summary>Counts up to now. Called by the reading thread only.</summary>
    LiveCounters Counters();

    /// <summary>
    /// Waits until there are packets, at most <paramref name="milliseconds"/>. All batches must have been returned: the ring may be full of
    /// them.
    /// </summary>
    /// <returns>True when <see cref="Read"/> has packets to give or the end to tell.</returns>
    bool Wait(int milliseconds);

    /// <summary>
    /// Fills <paramref name="batch"/> with packets that are there, without waiting; an empty batch and <see cref="ReadOutcome.More"/> when
    /// there
    /// are none. The packets are valid until <see cref="PacketBatch.Return"/>, and the room they take is used again only then.
    /// </summary>
    ReadOutcome Read(PacketBatch batch);

    /// <summary>Takes no more packets; what came before is still read, then the source ends.</summary>
    void Stop();
}
