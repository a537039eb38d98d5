using Vittne.Flows.Records;

namespace Vittne.Flows.Sorting;

/// <summary>
/// Sorts records, and keeps the first of them where only those are asked for. Equal ones stay in the order in which they came. What is kept is
/// bounded: twice as many as asked for wait before those that cannot be among the first are dropped, so that a short list costs little memory.
/// </summary>
public sealed class FlowSorter : IFlowSink, IComparer<FlowSorter.Entry>
{
    /// <summary>Records that are sorted at once unless told otherwise.</summary>
    public const int DefaultMaxRecords = 4_000_000;

    private const int SmallestBuffer = 64;

    private readonly IReadOnlyList<FlowOrder> _orders;
    private readonly IFlowSink _next;
    private readonly int _keep;
    private readonly bool _isTop;
    private Entry[] _entries = new Entry[SmallestBuffer];
    private int _count;
    private long _came;
    private bool _hasBound;
    private Entry _bound;

    /// <summary>Makes one.</summary>
    /// <param name="orders">The fields to sort by, the first one first.</param>
    /// <param name="top">How many are asked for; null for all.</param>
    /// <param name="next">What takes them.</param>
    /// <param name="maxRecords">How many are sorted at once when all are asked for.</param>
    public FlowSorter(IReadOnlyList<FlowOrder> orders, int? top, IFlowSink next, int maxRecords = DefaultMaxRecords)
    {
        _orders = orders;
        _next = next;
        _isTop = top is not null;
        _keep = Math.Max(Math.Min(top ?? maxRecords, maxRecords), 1);
    }

    /// <summary>Records that were left out because there are more than can be sorted at once; not those behind the ones asked for.</summary>
    public long LeftOut => _isTop ? 0 : Math.Max(_came - _keep, 0);

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        var entry = new Entry(record, PrimaryOf(record), _came++);
        if (_hasBound && Compare(entry, _bound) > 0)
        {
            return;
        }

        if (_count == _entries.Length)
        {
            Grow();
        }

        _entries[_count++] = entry;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Array.Sort(_entries, 0, _count, this);
        int count = Math.Min(_count, _keep);
        for (int i = 0; i < count; i++)
        {
            _next.Add(_entries[i].Record);
            _entries[i] = default;
        }

        _next.Finish();
    }

    /// <summary>Order of two waiting records.</summary>
    public int Compare(Entry x, Entry y)
    {
        int order = x.Primary.CompareTo(y.Primary);
        for (int i = 0; order == 0 && i < _orders.Count; i++)
        {
            order = _orders[i].Compare(x.Record, y.Record);
        }

        return order != 0 ? order : x.Ordinal.CompareTo(y.Ordinal);
    }

    // Numbers of the first field are read once; most comparisons need no more.
    private long PrimaryOf(FlowRecord record)
    {
        FlowValue value = _orders[0].Field.Get(record);
        if (!value.IsKnown)
        {
            return long.MaxValue;
        }

        long key = value.Kind switch
        {
            FlowFieldKind.Integer or FlowFieldKind.Time or FlowFieldKind.Duration or FlowFieldKind.Mac => value.Number,
            FlowFieldKind.Decimal => Ordered(BitConverter.DoubleToInt64Bits(value.Decimal + 0.0)),
            _ => 0,
        };
        return _orders[0].IsDescending ? ~key : Math.Min(key, long.MaxValue - 1);
    }

    // The bits of decimals in the order of their values: those of negative ones run backwards.
    private static long Ordered(long bits) => bits < 0 ? bits ^ long.MaxValue : bits;

    private void Grow()
    {
        if (_count < 2L * _keep)
        {
            Array.Resize(ref _entries, (int)Math.Min(Math.Max(2L * _count, SmallestBuffer), Math.Max(2L * _keep, _count + 1L)));
            return;
        }

        Array.Sort(_entries, 0, _count, this);
        Array.Clear(_entries, _keep, _count - _keep);
        _count = _keep;
        _bound = _entries[_keep - 1];
        _hasBound = true;
    }

    /// <summary>A record that waits.</summary>
    /// <param name="Record">The record.</param>
    /// <param name="Primary">Its first field as a number to compare.</param>
    /// <param name="Ordinal">How many came before it.</param>
    public readonly record struct Entry(FlowRecord Record, long Primary, long Ordinal);
}
