using System.Diagnostics.CodeAnalysis;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>Counts distinct items a key in a sliding window of capture time and says once a window when there are too many.</summary>
/// <param name="threshold">More items than this in the window are too many.</param>
/// <param name="windowNs">Width of the window in nanoseconds.</param>
/// <param name="maxKeys">Keys that are watched at a time.</param>
internal sealed class ScanTable<TKey, TItem>(int threshold, long windowNs, int maxKeys = ScanTable<TKey, TItem>.DefaultMaxKeys)
    where TKey : notnull, IEquatable<TKey>
    where TItem : IEquatable<TItem>
{
    /// <summary>As many keys as Maltrail keeps; a few hundred bytes each.</summary>
    private const int DefaultMaxKeys = 50_000;

    private readonly RecencyMap<TKey, Watch> _watches = new(maxKeys);

    /// <summary>Keys that were forgotten while their window was open.</summary>
    public long Dropped { get; private set; }

    /// <summary>Notes an item of a key.</summary>
    /// <returns>True when the window holds more items than the threshold and this was not said in it before.</returns>
    public bool Crosses(TKey key, TItem item, long nowNs, [MaybeNullWhen(false)] out RecentDistinct<TItem> items)
    {
        ref Watch watch = ref _watches.Touch(key, out Watch evicted);
        if (evicted.IsUsed && IsWithin(nowNs, evicted.NewestNs))
        {
            Dropped++;
        }

        watch.Add(item, nowNs, places: threshold + 1);
        items = watch.Items;
        if (items is null || items.Count <= threshold || !IsWithin(nowNs, items.OldestNs) || (watch.WasTold && IsWithin(nowNs, watch.ToldNs)))
        {
            return false;
        }

        watch.WasTold = true;
        watch.ToldNs = nowNs;
        return true;
    }

    // The next capture of a run may begin before the last one ended, so the distance counts, not the order.
    private bool IsWithin(long nowNs, long thenNs) => (nowNs >= thenNs ? nowNs - thenNs : thenNs - nowNs) <= windowNs;

    // Most keys never get a second item, so the first needs no object.
    private struct Watch
    {
        public RecentDistinct<TItem>? Items;
        public bool IsUsed;
        public bool WasTold;
        public long ToldNs;
        private TItem _first;
        private long _firstNs;

        public readonly long NewestNs => Items?.NewestNs ?? _firstNs;

        public void Add(TItem item, long nowNs, int places)
        {
            if (Items is null)
            {
                if (!IsUsed || _first.Equals(item))
                {
                    IsUsed = true;
                    _first = item;
                    _firstNs = nowNs;
                    return;
                }

                Items = new RecentDistinct<TItem>();
                Items.Add(_first, _firstNs, places);
            }

            Items.Add(item, nowNs, places);
        }
    }
}
