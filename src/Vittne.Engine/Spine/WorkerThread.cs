using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Vittne.Flows;
using Vittne.Packets;

namespace Vittne.Engine.Spine;

/// <summary>One worker: takes its share of each batch. With a thread of its own where the machine has processors for it.</summary>
internal sealed class WorkerThread : IDisposable
{
    private readonly IPacketStage _stage;
    private readonly SlotSink _sink;
    private readonly int _number;
    private readonly int _workers;
    private readonly BlockingCollection<BatchSlot>? _queue;
    private readonly Thread? _thread;
    private ExceptionDispatchInfo? _failure;

    public WorkerThread(IPacketStage stage, SlotSink sink, int number, int workers, bool hasThread)
    {
        _stage = stage;
        _sink = sink;
        _number = number;
        _workers = workers;
        if (hasThread)
        {
            _queue = new BlockingCollection<BatchSlot>();
            _thread = new Thread(Loop) { IsBackground = true, Name = $"worker {number}" };
            _thread.Start();
        }
    }

    /// <summary>Of no meaning; that it is kept keeps the looks of <see cref="IPacketStage.Warm"/> from being left out.</summary>
    public int Warmed { get; private set; }

    /// <summary>Hands a batch to the worker; returns at once when it has its own thread.</summary>
    public void Post(BatchSlot slot)
    {
        if (_queue is null)
        {
            Process(slot);
        }
        else
        {
            _queue.Add(slot);
        }
    }

    /// <summary>Throws what ended the worker, if anything did.</summary>
    public void ThrowIfFailed() => Volatile.Read(ref _failure)?.Throw();

    public void Dispose()
    {
        _queue?.CompleteAdding();
        _thread?.Join();
        _queue?.Dispose();
    }

    private void Loop()
    {
        foreach (BatchSlot slot in _queue!.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null)
                {
                    Process(slot);
                }
            }
            catch (Exception e)
            {
                // Told by the main thread; the batches must go on being signalled or it would wait for ever.
                Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(e));
            }
            finally
            {
                slot.Pending.Signal();
            }
        }
    }

    private void Process(BatchSlot slot)
    {
        _sink.TurnTo(slot);
        DecodedBatch batch = slot.Batch;
        DecodedPacket[] decoded = batch.Decoded;
        int count = batch.Packets.Count;
        Warm(decoded.AsSpan(0, count));
        bool seesAll = _stage.SeesAllPackets;
        for (int i = 0; i < count; i++)
        {
            ref readonly DecodedPacket packet = ref decoded[i];
            if (seesAll && ((packet.Flags & DecodedFlags.HasIp) != 0 ? IsMine(packet) : _number == 0))
            {
                _stage.OnAnyPacket(batch, i, slot.StampOf(i));
            }

            if (IsTaken(packet))
            {
                _stage.OnPacket(packet, batch.Payload(i), packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel], slot.StampOf(i));
            }
        }

        foreach (OrphanFragment orphan in batch.Orphans)
        {
            if (IsMine(orphan.Packet))
            {
                _stage.OnOrphan(orphan, slot.Now);
            }
        }

        if (slot.IsLast)
        {
            _stage.OnEnd(slot.Now);
        }
        else
        {
            _stage.OnBatchEnd(slot.Now);
        }
    }

    private void Warm(ReadOnlySpan<DecodedPacket> packets)
    {
        int sum = 0;
        foreach (ref readonly DecodedPacket packet in packets)
        {
            if (IsTaken(packet))
            {
                sum += _stage.Warm(packet);
            }
        }

        Warmed = sum;
    }

    private bool IsTaken(in DecodedPacket packet) =>
        (packet.Flags & (DecodedFlags.HasIp | DecodedFlags.Fragment)) == DecodedFlags.HasIp && IsMine(packet);

    private bool IsMine(in DecodedPacket packet) => _workers == 1 || FlowTracker.ShardOf(packet) % _workers == _number;
}
