using System.Collections.Concurrent;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Work on all batches in their order, on a thread of its own or on that of whoever posts them.</summary>
internal sealed class DeepLane : IDisposable
{
    private readonly Action<DecodedBatch> _work;
    private readonly Action<DeepBatch> _done;
    private readonly BlockingCollection<DeepBatch>? _waiting;
    private readonly Thread? _thread;

    /// <summary>Begins a lane.</summary>
    /// <param name="work">What is done with each batch.</param>
    /// <param name="done">Called when it is done with one.</param>
    /// <param name="hasThread">Whether it gets a thread.</param>
    public DeepLane(Action<DecodedBatch> work, Action<DeepBatch> done, bool hasThread)
    {
        _work = work;
        _done = done;
        if (hasThread)
        {
            _waiting = [];
            _thread = new Thread(Run) { IsBackground = true, Name = "info" };
            _thread.Start();
        }
    }

    /// <summary>Takes the next batch.</summary>
    public void Post(DeepBatch batch)
    {
        if (_waiting is not null)
        {
            _waiting.Add(batch);
            return;
        }

        _work(batch.Decoded);
        _done(batch);
    }

    /// <summary>Waits until all batches are done. Nothing may be posted afterwards.</summary>
    public void Finish()
    {
        _waiting?.CompleteAdding();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        _waiting?.Dispose();
    }

    private void Run()
    {
        foreach (DeepBatch batch in _waiting!.GetConsumingEnumerable())
        {
            _work(batch.Decoded);
            _done(batch);
        }
    }
}
