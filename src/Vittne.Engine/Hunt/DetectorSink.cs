using Vittne.Packets.Records;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>Shows each record of a worker to its detectors, and passes on what is wanted behind the collector.</summary>
internal sealed class DetectorSink(IReadOnlyList<IRecordDetector> detectors, Predicate<Record> isWantedBehind, IRecordSink output) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        for (int i = 0; i < detectors.Count; i++)
        {
            detectors[i].OnRecord(record, output);
        }

        if (isWantedBehind(record))
        {
            output.Add(record);
        }
    }
}
