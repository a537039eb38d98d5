using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Vittne.Engine.Spine;

/// <summary>
/// The workers and the threads that do their work. A worker is a part of the flows, not a thread: it takes its batches in order, one after
/// the other, on whatever thread has time, and so are the records of finished batches collected. So the thread that reads helps when it would
/// wait, and no more threads run than were asked for.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Caller = -1;

    private readonly SpineWorker[] _workers;
    private readonly Action<BatchSlot> _collect;
    private readonly bool _helpersCollect;
    private readonly ConcurrentQueue<BatchSlot> _posted = new();
    private readonly Thread[] _helpers;
    private readonly SemaphoreSlim _work = new(0);
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isOver;
    private int _sleeping;
    private int _isCollecting;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="helpers">Threads beside the calling one; with none it does all the work itself.</param>
    /// <param name="collect">Takes the records out of a batch that all workers are through with; called in the order of the batches.</param>
    /// <param name="helpersCollect">False when only the calling thread may collect.</param>
    public WorkerPool(SpineWorker[] workers, int helpers, Action<BatchSlot> collect, bool helpersCollect)
    {
        _workers = workers;
        _collect = collect;
        _helpersCollect = helpersCollect;
        _helpers = new Thread[helpers];
        for (int i = 0; i < helpers; i++)
        {
            int helper = i;
            _helpers[i] = new Thread(() => Help(helper)) { IsBackground = true, Name = $"worker {i}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Whether the end of the input is told in parts.</summary>
    public bool EndsInParts => _workers[0].EndsInParts;

    /// <summary>Gives a batch to all workers; returns at once when there are threads for it.</summary>
    public void Post(BatchSlot slot)
    {
        slot.Share(_workers[0].SeesAllPackets, _workers[0].SeesCarriers);
        slot.Begin(_workers.Length);
        _posted.Enqueue(slot);
        foreach (SpineWorker worker in _workers)
        {
            worker.Add(slot);
        }

        if (_helpers.Length == 0)
        {
            Finish(slot);
        }
        else
        {
            Wake();
        }
    }

    /// <summary>Returns when the records of a batch are collected; helps until then.</summary>
    public void Finish(BatchSlot slot)
    {
        SpinWait spin = default;
        while (!slot.IsCollected)
        {
            if (TryWork(Caller, mayCollect: true))
            {
                continue;
            }

            if (_helpersCollect)
            {
                slot.Wait();
            }
            else
            {
                spin.SpinOnce();
            }
        }

        Volatile.Read(ref _failure)?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _work.Release(_helpers.Length + 1);
        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }

        _work.Dispose();
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier();
        int sleeping = Volatile.Read(ref _sleeping);
        if (sleeping > 0)
        {
            _work.Release(Math.Min(sleeping, _workers.Length));
        }
    }

    private void Help(int helper)
    {
        while (!_isOver)
        {
            if (TryWork(helper, _helpersCollect))
            {
                continue;
            }

            // Said before the last look, so that who posts after it sees a sleeper.
            Interlocked.Increment(ref _sleeping);
            if (!TryWork(helper, _helpersCollect) && !_isOver)
            {
                _work.Wait();
            }

            Interlocked.Decrement(ref _sleeping);
        }
    }

    private bool TryWork(int helper, bool mayCollect)
    {
        bool hasWorked = false;
        try
        {
            for (int i = 0; i < _workers.Length; i++)
            {
                // Helpers begin at the other end, so that a worker's state mostly stays with one processor.
                int at = helper < 0 ? i : ((2 * _workers.Length) - 1 - helper - i) % _workers.Length;
                hasWorked |= _workers[at].TryWork(_failure is not null);
            }

            return (mayCollect && TryCollect()) || hasWorked;
        }
        catch (Exception e)
        {
            // Told by the thread that reads; the batches must go on being finished or it would wait for ever.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            return true;
        }
    }

    private bool TryCollect()
    {
        bool hasCollected = false;

        // Looked at once more after letting go: who finished the oldest batch meanwhile may have found the place taken.
        while (_posted.TryPeek(out BatchSlot? oldest) && oldest.IsFinished && Interlocked.Exchange(ref _isCollecting, 1) == 0)
        {
            try
            {
                while (_posted.TryPeek(out oldest) && oldest.IsFinished)
                {
                    hasCollected = true;
                    _posted.TryDequeue(out _);
                    Collect(oldest);
                }
            }
            finally
            {
                Interlocked.Exchange(ref _isCollecting, 0);
            }
        }

        return hasCollected;
    }

    private void Collect(BatchSlot slot)
    {
        try
        {
            if (_failure is null)
            {
                _collect(slot);
            }
        }
        finally
        {
            slot.FinishCollecting();
        }
    }
}
