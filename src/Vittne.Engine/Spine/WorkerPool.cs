using System.Runtime.ExceptionServices;

namespace Vittne.Engine.Spine;

/// <summary>
/// The workers and the threads that do their work. A worker is a part of the flows, not a thread: it takes its batches in order, one after
/// the other, on whatever thread has time. So the thread that reads helps when it would wait, and no more threads run than were asked for.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly SpineWorker[] _workers;
    private readonly Thread[] _helpers;
    private readonly SemaphoreSlim _work = new(0);
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isOver;
    private int _sleeping;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="helpers">Threads beside the calling one; with none it does all the work itself.</param>
    public WorkerPool(SpineWorker[] workers, int helpers)
    {
        _workers = workers;
        _helpers = new Thread[helpers];
        for (int i = 0; i < helpers; i++)
        {
            int first = (i + 1) % workers.Length;
            _helpers[i] = new Thread(() => Help(first)) { IsBackground = true, Name = $"worker {i}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Gives a batch to all workers; returns at once when there are threads for it.</summary>
    public void Post(BatchSlot slot)
    {
        slot.Begin(_workers.Length);
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

    /// <summary>Returns when all workers are through with a batch; helps until then.</summary>
    public void Finish(BatchSlot slot)
    {
        while (!slot.IsFinished)
        {
            if (!TryWork(0))
            {
                slot.Wait();
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

    private void Help(int first)
    {
        while (!_isOver)
        {
            if (TryWork(first))
            {
                continue;
            }

            // Said before the last look, so that who posts after it sees a sleeper.
            Interlocked.Increment(ref _sleeping);
            if (!TryWork(first) && !_isOver)
            {
                _work.Wait();
            }

            Interlocked.Decrement(ref _sleeping);
        }
    }

    private bool TryWork(int first)
    {
        bool hasWorked = false;
        for (int i = 0; i < _workers.Length; i++)
        {
            SpineWorker worker = _workers[(first + i) % _workers.Length];
            try
            {
                hasWorked |= worker.TryWork(_failure is not null);
            }
            catch (Exception e)
            {
                // Told by the thread that reads; the batches must go on being finished or it would wait for ever.
                Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(e));
                hasWorked = true;
            }
        }

        return hasWorked;
    }
}
