using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails;

/// <summary>
/// Finds threats in records. A detector that looks at one record or one flow runs in the workers, an instance each; one that needs to
/// see many flows runs behind the collector, where records come in packet order. Neither needs a lock. Capture time only: no clock, no
/// random, no iteration order of a hash table in what it tells.
/// </summary>
public interface IRecordDetector
{
    /// <summary>Findings or state that were given up because a limit was reached; told at the end of the run.</summary>
    long Dropped { get; }

    /// <summary>What it looks at; other records need not be shown to it.</summary>
    RecordInterest Interest => RecordInterest.All;

    /// <summary>Looks at one record and may add findings.</summary>
    void OnRecord(Record record, IRecordSink findings);

    /// <summary>The input ended: tells what is still open.</summary>
    /// <param name="at">The last packet of the run.</param>
    /// <param name="findings">Where findings go.</param>
    void OnEnd(in PacketStamp at, IRecordSink findings);
}
