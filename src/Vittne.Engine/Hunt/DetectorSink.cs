using Vittne.Packets.Records;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>Shows each record of a worker to its detectors, and passes on what is wanted behind the collector.</summary>
internal sealed class DetectorSink(IReadOnlyList<IRecordDetector> detectors, Predicate<Record> isWantedBehind, IRecordSink output) : IRecordSink
{
    private readonly DetectorSet _detectors = new(detectors);

    /// <inheritdoc/>
    public void Add(Record record)
    {
        _detectors.Show(record, output);
        if (isWantedBehind(record))
        {
            output.Add(record);
        }
    }
}
