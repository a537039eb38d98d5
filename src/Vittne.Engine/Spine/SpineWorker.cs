using System.Collections.Concurrent;
using Vittne.Flows;
using Vittne.Packets;

namespace Vittne.Engine.Spine;

/// <summary>One worker: a part of the flows, with the stage that follows them. Takes its share of each batch, in order.</summary>
/// <param name="stage">What is done with the packets.</param>
/// <param name="sink">Where the stage's records go.</param>
/// <param name="number">Number of the worker, from 0.</param>
/// <param name="workers">How many workers share the flows.</param>
internal sealed class SpineWorker(IPacketStage stage, SlotSink sink, int number, int workers)
{
    private readonly ConcurrentQueue<BatchSlot> _queue = new();
    private int _isBusy;

    /// <summary>Of no meaning; that it is kept keeps the looks of <see cref="IPacketStage.Warm"/> from being left out.</summary>
    public int Warmed { get; private set; }

    /// <summary>Whether the stage looks at packets that belong to no flow as well.</summary>
    public bool SeesAllPackets => stage.SeesAllPackets;

    /// <summary>Whether the stage looks at tunnels around packets as flows of their own.</summary>
    public bool SeesCarriers => stage.SeesCarriers;

    /// <summary>Whether the stage tells the end of the input in parts.</summary>
    public bool EndsInParts => stage.EndsInParts;

    /// <summary>Adds a batch behind the others.</summary>
    public void Add(BatchSlot slot) => _queue.Enqueue(slot);

    /// <summary>Takes the oldest waiting batch, unless another thread is at work for this worker or none waits.</summary>
    /// <param name="isLost">True when the run has failed: batches are only marked as finished.</param>
    /// <returns>True when a batch was taken.</returns>
    public bool TryWork(bool isLost)
    {
        if (_queue.IsEmpty || Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            return false;
        }

        BatchSlot? slot = null;
        try
        {
            if (!_queue.TryDequeue(out slot))
            {
                return false;
            }

            if (!isLost)
            {
                Process(slot);
            }

            return true;
        }
        finally
        {
            // Free before the batch is finished: whoever waits for it may have the next one ready.
            Volatile.Write(ref _isBusy, 0);
            slot?.FinishOne();
        }
    }

    private void Process(BatchSlot slot)
    {
        sink.TurnTo(slot);
        DecodedBatch batch = slot.Batch;
        DecodedPacket[] decoded = batch.Decoded;
        ReadOnlySpan<ushort> share = slot.Shares[number].Indexes;
        Warm(decoded, share);
        bool seesAll = stage.SeesAllPackets;
        foreach (ushort i in share)
        {
            ref readonly DecodedPacket packet = ref decoded[i];
            if (seesAll)
            {
                stage.OnAnyPacket(batch, i, slot.StampOf(i));
            }

            if (!seesAll || (packet.Flags & (DecodedFlags.HasIp | DecodedFlags.Fragment)) == DecodedFlags.HasIp)
            {
                stage.OnPacket(packet, batch.Payload(i), packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel], slot.StampOf(i));
            }
        }

        foreach (OrphanFragment orphan in batch.Orphans)
        {
            if (IsMine(orphan.Packet))
            {
                stage.OnOrphan(orphan, slot.Now);
            }
        }

        if (slot.EndsUpTo > 0)
        {
            stage.OnEndPart(slot.Now, slot.EndsUpTo);
        }
        else if (slot.IsLast)
        {
            stage.OnEnd(slot.Now);
        }
        else
        {
            stage.OnBatchEnd(slot.Now);
        }
    }

    private void Warm(DecodedPacket[] packets, ReadOnlySpan<ushort> share)
    {
        int sum = 0;
        foreach (ushort i in share)
        {
            sum += stage.Warm(packets[i]);
        }

        Warmed = sum;
    }

    private bool IsMine(in DecodedPacket packet) => workers == 1 || FlowTracker.ShardOf(packet) % workers == number;
}
