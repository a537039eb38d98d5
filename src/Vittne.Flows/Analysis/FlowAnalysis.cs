using Vittne.Flows.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis;

/// <summary>Looks at all flow records of a run and tells what it found at the end. Time is that of the records; nothing depends on their order but ties.</summary>
public abstract class FlowAnalysis
{
    /// <summary>Hosts, pairs or flows that an analysis keeps at once; what comes beyond is counted and not looked at.</summary>
    protected const int MaxKept = 4_000_000;

    /// <summary>Kind of the findings.</summary>
    public abstract RecordSchema Schema { get; }

    /// <summary>Names of the columns of a table for people, in order.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Flows that were not looked at because too much had to be kept.</summary>
    public long Dropped { get; protected set; }

    /// <summary>Takes the next record. It must not be changed.</summary>
    public abstract void Add(FlowRecord record);

    /// <summary>All records came: what was found, the gravest first.</summary>
    /// <param name="captures">Names of the captures, which findings refer to; those that are missing are added.</param>
    public abstract IEnumerable<FlowFinding> Finish(IList<string> captures);

    /// <summary>Payload bytes of the originator by the best count that the record has; 0 when it has none.</summary>
    protected static long Sent(FlowRecord record) => Math.Max(record.SourceAppBytes >= 0 ? record.SourceAppBytes : record.SourceSequenceBytes, 0);

    /// <summary>Payload bytes of the responder likewise.</summary>
    protected static long Received(FlowRecord record) => Math.Max(record.DestinationAppBytes >= 0 ? record.DestinationAppBytes : record.DestinationSequenceBytes, 0);

    /// <summary>Producer-consumer ratio of sums; 0 without payload.</summary>
    protected static double Ratio(long sent, long received) => sent + received == 0 ? 0 : Math.Round((double)(sent - received) / (sent + received), 3);

    /// <summary>True for a whole flow or the first record of one that is told by interval.</summary>
    protected static bool IsFlowStart(FlowRecord record) => record.Status is null or "start";
}
