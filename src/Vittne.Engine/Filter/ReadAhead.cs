using System.Runtime.ExceptionServices;
using Vittne.Capture;

namespace Vittne.Engine.Filter;

/// <summary>
/// Reads a capture on a thread of its own while the batches before are looked at: where an expression is matched, reading and matching take
/// about as long as each other.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    private const int Batches = 4;

    private readonly CaptureReader _reader;
    private readonly Queue<(PacketBatch Batch, ReadOutcome Outcome)> _full = new();
    private readonly Queue<PacketBatch> _free = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isStopped;

    /// <summary>Begins to read.</summary>
    public ReadAhead(CaptureReader reader)
    {
        _reader = reader;
        for (int i = 0; i < Batches; i++)
        {
            _free.Enqueue(new PacketBatch());
        }

        _thread = new Thread(ReadAll) { IsBackground = true, Name = "read" };
        _thread.Start();
    }

    /// <summary>Whether a second thread helps: there is a processor for it, and the file is not read before it runs.</summary>
    public static bool Helps(CaptureReader reader) => Environment.ProcessorCount > 1 && reader.BytesTotal > 8 << 20;

    /// <summary>Gives a batch back and waits for the next one.</summary>
    /// <param name="used">The batch before; null for the first.</param>
    /// <param name="outcome">What reading it gave.</param>
    public PacketBatch Next(PacketBatch? used, out ReadOutcome outcome)
    {
        lock (_gate)
        {
            if (used is not null)
            {
                _free.Enqueue(used);
                Monitor.PulseAll(_gate);
            }

            while (_full.Count == 0 && _failure is null)
            {
                Monitor.Wait(_gate);
            }

            _failure?.Throw();
            (PacketBatch batch, outcome) = _full.Dequeue();
            return batch;
        }
    }

    /// <summary>Stops reading.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void ReadAll()
    {
        try
        {
            ReadOutcome outcome = ReadOutcome.More;
            while (outcome == ReadOutcome.More && TakeFree() is { } batch)
            {
                outcome = _reader.Read(batch);
                lock (_gate)
                {
                    _full.Enqueue((batch, outcome));
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception failure)
        {
            // Whoever waits for batches tells it.
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private PacketBatch? TakeFree()
    {
        lock (_gate)
        {
            while (_free.Count == 0 && !_isStopped)
            {
                Monitor.Wait(_gate);
            }

            return _isStopped ? null : _free.Dequeue();
        }
    }
}
