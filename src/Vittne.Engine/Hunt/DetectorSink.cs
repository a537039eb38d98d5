using Vittne.Packets.Records;

namespace Vittne.Engine.Hunt;

/// <summary>Shows each record of a worker to its detectors, and passes on what is wanted behind the collector.</summary>
internal sealed class DetectorSink(DetectorSet detectors, Predicate<Record> isWantedBehind, IRecordSink output) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        detectors.Show(record, output);
        if (isWantedBehind(record))
        {
            output.Add(record);
        }
    }
}
