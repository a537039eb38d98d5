using Vittne.Capture;
using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>One batch on its way from the source through a worker to the collector. Slots are used again and again.</summary>
internal sealed class GrepSlot
{
    private readonly object _gate = new();
    private bool _isDone;

    /// <summary>The packets; decoded only where fragments ask for it.</summary>
    public DecodedBatch Batch { get; } = new();

    /// <summary>One for each packet.</summary>
    public GrepVerdict[] Verdicts { get; } = new GrepVerdict[PacketBatch.Capacity];

    /// <summary>Which capture of the run it is from.</summary>
    public int Capture { get; set; }

    /// <summary>Packets that passed the filter.</summary>
    public int Passed { get; set; }

    /// <summary>All verdicts together.</summary>
    public GrepVerdict Any { get; set; }

    /// <summary>What went wrong in a worker.</summary>
    public Exception? Failure { get; set; }

    /// <summary>True when the verdicts are there.</summary>
    public bool IsDone => Volatile.Read(ref _isDone);

    /// <summary>A new batch is in.</summary>
    public void Begin() => Volatile.Write(ref _isDone, false);

    /// <summary>The verdicts are there.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isDone, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the verdicts.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (!IsDone)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}
