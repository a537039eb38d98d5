using Vittne.Capture;
using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>One batch on its way from the source through a worker to the collector. Slots are used again and again.</summary>
internal sealed class GrepSlot
{
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

    /// <summary>True when the verdicts are there. Set and read under the lock of the pipeline.</summary>
    public bool IsDone { get; set; }
}
