using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>Puts a record of zeros into each bin that has none, between records that come in order of bins.</summary>
public sealed class FlowBinFiller(FlowBinning bins, bool areTimesBorders, IFlowSink next) : IFlowSink
{
    // Two months of minutes. More empty bins in a row are a wrong clock.
    private const int MaxEmpty = 100_000;

    private long _expected = -1;

    /// <summary>Empty bins that were not told because there were too many in a row.</summary>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        long bin = bins.BinOf(record);
        int told = 0;
        while (_expected >= 0 && _expected < bin)
        {
            if (told++ >= MaxEmpty)
            {
                LeftOut++;
                break;
            }

            long end = bins.EndOf(_expected);
            next.Add(Empty(_expected, end, record.TimeDigits));
            _expected = end;
        }

        _expected = bin < 0 ? _expected : Math.Max(_expected, bins.EndOf(bin));
        next.Add(record);
    }

    /// <inheritdoc/>
    public void Finish() => next.Finish();

    private FlowRecord Empty(long start, long end, byte timeDigits) => new()
    {
        FirstNs = start,
        LastNs = areTimesBorders ? end : start,
        TimeDigits = timeDigits,
        SourcePackets = 0,
        DestinationPackets = 0,
        SourceBytes = 0,
        DestinationBytes = 0,
        SourceAppBytes = 0,
        DestinationAppBytes = 0,
        IsAggregated = true,
        Merged = new FlowMerged { Flows = 0 },
    };
}
