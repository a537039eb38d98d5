using System.Runtime.ExceptionServices;

namespace Vittne.Engine.Grep;

/// <summary>
/// The threads that search one capture. Each in its turn reads a batch and then judges that very batch, while its bytes are in the cache of the
/// processor that has read them; whoever finishes the oldest one collects it and those behind it that are ready.
/// </summary>
/// <param name="read">Fills a slot with the next batch; false when nothing comes behind it. Called by one thread at a time.</param>
/// <param name="collect">Takes judged batches in order, one at a time.</param>
internal sealed class GrepPipeline(Func<GrepSlot, bool> read, Action<GrepSlot> collect)
{
    // For each thread one that it works on and one that waits for its turn to be collected.
    private const int SlotsPerThread = 2;

    private readonly Lock _reading = new();
    private readonly object _gate = new();
    private readonly Queue<GrepSlot> _inFlight = new();
    private readonly Stack<GrepSlot> _free = new();
    private ExceptionDispatchInfo? _failure;
    private bool _isCollecting;
    private volatile bool _isOver;

    /// <summary>Reads, judges and collects everything; returns when all is done.</summary>
    /// <param name="matchers">One for each thread; the first is that of the calling one.</param>
    /// <param name="helpsFrom">Batches after which the other threads begin: a short capture needs none.</param>
    public void Run(GrepMatcher[] matchers, int helpsFrom)
    {
        for (int i = 0; i < (matchers.Length * SlotsPerThread) + 1; i++)
        {
            _free.Push(new GrepSlot());
        }

        for (int i = 0; i < helpsFrom && TryTurn(matchers[0]); i++)
        {
        }

        var helpers = new Thread[_isOver ? 0 : matchers.Length - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            GrepMatcher matcher = matchers[i + 1];
            helpers[i] = new Thread(() => Work(matcher)) { IsBackground = true, Name = $"matcher {i}" };
            helpers[i].Start();
        }

        Work(matchers[0]);
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }

        _failure?.Throw();
    }

    private void Work(GrepMatcher matcher)
    {
        while (TryTurn(matcher))
        {
        }
    }

    private bool TryTurn(GrepMatcher matcher)
    {
        try
        {
            GrepSlot slot;
            bool isMore;
            lock (_reading)
            {
                if (_isOver)
                {
                    return false;
                }

                slot = TakeFree();
                if (_isOver)
                {
                    return false;
                }

                isMore = read(slot);
                _isOver |= !isMore;
                lock (_gate)
                {
                    _inFlight.Enqueue(slot);
                }
            }

            matcher.Match(slot);
            CollectFrom(slot);
            return isMore;
        }
        catch (Exception failure)
        {
            // Told by the calling thread; the others end as if nothing came any more.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _isOver = true;
            lock (_gate)
            {
                _free.Push(new GrepSlot());
                Monitor.PulseAll(_gate);
            }

            return false;
        }
    }

    private GrepSlot TakeFree()
    {
        lock (_gate)
        {
            GrepSlot? slot;
            while (!_free.TryPop(out slot))
            {
                Monitor.Wait(_gate);
            }

            slot.IsDone = false;
            return slot;
        }
    }

    private void CollectFrom(GrepSlot finished)
    {
        lock (_gate)
        {
            finished.IsDone = true;
        }

        while (TryTakeOldest(out GrepSlot? slot))
        {
            collect(slot!);
            lock (_gate)
            {
                _isCollecting = false;
                _free.Push(slot!);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TryTakeOldest(out GrepSlot? slot)
    {
        lock (_gate)
        {
            slot = null;
            if (_isCollecting || !_inFlight.TryPeek(out slot) || !slot.IsDone)
            {
                return false;
            }

            _inFlight.Dequeue();
            _isCollecting = true;
            return true;
        }
    }
}
