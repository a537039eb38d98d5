using System.Globalization;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Records;
using Vittne.Flows.Sorting;

namespace Vittne.Flows.Jobs;

/// <summary>The steps between the source of flow records and their writer, as one sink.</summary>
public sealed class FlowJobs : IFlowSink
{
    private static readonly IReadOnlyList<FlowOrder> ByTime = [new(FlowFields.Get("stime"), IsDescending: false)];
    private static readonly IReadOnlyList<FlowOrder> ByBytes = [new(FlowFields.Get("bytes"), IsDescending: true)];

    private readonly IFlowSink _first;
    private readonly FlowAggregator? _aggregator;
    private readonly FlowBinCutter? _cutter;
    private readonly FlowBinFiller? _filler;
    private readonly List<FlowSorter> _sorters = [];

    /// <summary>Makes the steps.</summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="output">What takes the records at last.</param>
    public FlowJobs(FlowJobOptions options, IFlowSink output)
    {
        IFlowSink next = output;
        if (options.Order.Count > 0 || options.Top is not null)
        {
            next = Sorter(options.Order.Count > 0 ? options.Order : ByBytes, options, options.Top, next);
        }

        if (options.Bins is { } bins)
        {
            next = options.HasEmptyBins ? _filler = new FlowBinFiller(bins, options.AreTimesBorders, next) : next;
            next = options.Key is null && (options.HasEmptyBins || options.Order.Count == 0) ? Sorter(ByTime, options, null, next) : next;
        }

        next = options.Key is { } key ? _aggregator = new FlowAggregator(key, options.Bins, next, options.MaxGroups) : next;
        next = options.Bins is null ? next : _cutter = new FlowBinCutter(options.Bins, options.AreTimesBorders, next);
        _first = options.Where is { } where ? new FlowFilter(where, next) : next;
    }

    /// <summary>What the user must know of the bounds that were reached, a line each; empty when none was. Complete after <see cref="Finish"/>.</summary>
    public IEnumerable<string> Notes()
    {
        if (_aggregator is { HandedOnEarly: > 0 })
        {
            yield return $"{Count(_aggregator.HandedOnEarly)} merged records were told before the end because there were too many keys at once (--max-groups); their keys may come twice";
        }

        if (_cutter is { LeftWhole: > 0 })
        {
            yield return $"{Count(_cutter.LeftWhole)} records span more than 100,000 bins and were left whole";
        }

        if (_filler is { LeftOut: > 0 })
        {
            yield return "more than 100,000 empty bins in a row were not all told";
        }

        long leftOut = 0;
        foreach (FlowSorter sorter in _sorters)
        {
            leftOut += sorter.LeftOut;
        }

        if (leftOut > 0)
        {
            yield return $"{Count(leftOut)} records at the end of the order were left out because there are more than can be sorted at once (--max-records)";
        }
    }

    /// <inheritdoc/>
    public void Add(FlowRecord record) => _first.Add(record);

    /// <inheritdoc/>
    public void Finish() => _first.Finish();

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private FlowSorter Sorter(IReadOnlyList<FlowOrder> orders, FlowJobOptions options, int? top, IFlowSink next)
    {
        var sorter = new FlowSorter(orders, top, next, options.MaxRecords);
        _sorters.Add(sorter);
        return sorter;
    }
}
