using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Vittne.Capture.Filters;

namespace Vittne.Engine.Grep;

/// <summary>
/// The threads that judge batches while the calling one reads the next ones. Batches are independent, so any thread takes any of them; the
/// calling one helps when it would wait.
/// </summary>
internal sealed class GrepPool : IDisposable
{
    private readonly GrepMatcher _own;
    private readonly ConcurrentQueue<GrepSlot> _queue = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread[] _helpers;
    private volatile bool _isOver;

    /// <param name="options">What is searched for.</param>
    /// <param name="filter">Which packets are searched; null for all.</param>
    /// <param name="helpers">Threads beside the calling one; with none it does all the work itself.</param>
    public GrepPool(GrepOptions options, PacketFilter? filter, int helpers)
    {
        _own = new GrepMatcher(options, filter);
        _helpers = new Thread[helpers];
        for (int i = 0; i < helpers; i++)
        {
            var matcher = new GrepMatcher(options, filter);
            _helpers[i] = new Thread(() => Help(matcher)) { IsBackground = true, Name = $"matcher {i}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Gives a batch to whoever has time.</summary>
    public void Post(GrepSlot slot)
    {
        slot.Begin();
        if (_helpers.Length == 0)
        {
            Match(_own, slot);
            return;
        }

        _queue.Enqueue(slot);
        _work.Release();
    }

    /// <summary>Returns when the batch is judged; helps until then.</summary>
    public void Finish(GrepSlot slot)
    {
        while (!slot.IsDone)
        {
            if (_queue.TryDequeue(out GrepSlot? other))
            {
                Match(_own, other);
            }
            else
            {
                slot.Wait();
            }
        }

        if (slot.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
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

    private static void Match(GrepMatcher matcher, GrepSlot slot)
    {
        try
        {
            matcher.Match(slot);
        }
        catch (Exception failure)
        {
            // Told by the thread that reads.
            slot.Failure = failure;
        }
        finally
        {
            slot.Finish();
        }
    }

    private void Help(GrepMatcher matcher)
    {
        while (!_isOver)
        {
            _work.Wait();
            while (!_isOver && _queue.TryDequeue(out GrepSlot? slot))
            {
                Match(matcher, slot);
            }
        }
    }
}
