using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>
/// Cuts records at the borders of bins. What a record counts is spread evenly over its time and rounded so that the parts add up to the whole
/// (largest remainder); a record within one bin, such as one that was metered by bins, stays as it is.
/// </summary>
public sealed class FlowBinCutter(FlowBinning bins, bool areTimesBorders, IFlowSink next) : IFlowSink
{
    // A record of 70 days by seconds. What spans more is given by mistake: a wrong clock, or too small a bin.
    private const int MaxParts = 100_000;

    private static readonly FlowField[] Counted = [.. FlowFields.All.Where(static field => field is { Merge: FlowMerge.Add, CanSet: true })];

    private readonly List<long> _weights = [];

    /// <summary>Records that span too many bins, and so were left whole, in the bin of their first packet.</summary>
    public long LeftWhole { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        if (record.FirstNs < 0)
        {
            next.Add(record);
            return;
        }

        long end = bins.EndOf(record.FirstNs);
        if (record.LastNs < end || !TryWeigh(record.FirstNs, record.LastNs))
        {
            HandOn(record, bins.StartOf(record.FirstNs), end);
            return;
        }

        Cut(record);
    }

    /// <inheritdoc/>
    public void Finish() => next.Finish();

    /// <summary>Parts of <paramref name="total"/> in proportion to weights, whole numbers that add up to it; of equal remainders the first gets more.</summary>
    internal static long[] Share(long total, IReadOnlyList<long> weights)
    {
        UInt128 sum = 0;
        foreach (long weight in weights)
        {
            sum += (ulong)weight;
        }

        long[] parts = new long[weights.Count];
        var remainders = new UInt128[weights.Count];
        long left = total;
        for (int i = 0; i < parts.Length; i++)
        {
            UInt128 product = (UInt128)(ulong)total * (ulong)weights[i];
            parts[i] = sum == 0 ? 0 : (long)(product / sum);
            remainders[i] = sum == 0 ? 0 : product % sum;
            left -= parts[i];
        }

        int[] order = [.. Enumerable.Range(0, parts.Length)];
        Array.Sort(order, (a, b) => remainders[a] != remainders[b] ? remainders[b].CompareTo(remainders[a]) : a.CompareTo(b));
        for (int i = 0; left > 0 && order.Length > 0; i = (i + 1) % order.Length, left--)
        {
            parts[order[i]]++;
        }

        return parts;
    }

    private bool TryWeigh(long first, long last)
    {
        _weights.Clear();
        for (long from = first; from <= last;)
        {
            if (_weights.Count >= MaxParts)
            {
                LeftWhole++;
                return false;
            }

            long to = Math.Min(bins.EndOf(from), last);
            _weights.Add(to - from);
            if (to >= last && bins.EndOf(from) > last)
            {
                break;
            }

            from = bins.EndOf(from);
        }

        return true;
    }

    private void Cut(FlowRecord record)
    {
        var parts = new FlowRecord[_weights.Count];
        long first = record.FirstNs, last = record.LastNs;
        long from = first;

        // The border itself is of the next bin: a part that is cut again stays whole.
        long tick = record.TimeDigits > 6 ? 1 : 1_000;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = record.Copy();
            parts[i].FirstNs = from;
            from = bins.EndOf(from);
            parts[i].LastNs = Math.Min(Math.Max(from - tick, parts[i].FirstNs), last);
        }

        bool[] counts = new bool[parts.Length];
        foreach (FlowField field in Counted)
        {
            FlowValue value = field.Get(record);
            if (!value.IsKnown || value.Number == 0)
            {
                continue;
            }

            long[] shares = Share(value.Number, _weights);
            for (int i = 0; i < parts.Length; i++)
            {
                field.Set(parts[i], FlowValue.OfInteger(shares[i]));
                counts[i] |= shares[i] > 0;
            }
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (counts[i])
            {
                HandOn(parts[i], bins.StartOf(parts[i].FirstNs), bins.EndOf(parts[i].FirstNs));
            }
        }
    }

    private void HandOn(FlowRecord record, long start, long end)
    {
        if (areTimesBorders)
        {
            record.FirstNs = start;
            record.LastNs = end;
        }

        next.Add(record);
    }
}
