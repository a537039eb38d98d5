using System.Diagnostics.CodeAnalysis;

namespace Vittne.Trails.Heuristics;

/// <summary>
/// State of keys that traffic chooses, in bounded memory: when it is full, the key that was touched longest ago makes room. All steps are
/// constant time, so that a flood of new keys costs no more than the same number of sightings.
/// </summary>
internal sealed class RecencyMap<TKey, TValue>(int capacity)
    where TKey : notnull, IEquatable<TKey>
    where TValue : new()
{
    private const int None = -1;

    // The hash table is woven into the entries, so that a new key in a full map touches few cache lines. Places plus one, 0 for none.
    private int[] _buckets = new int[16];
    private Entry[] _entries = new Entry[Math.Min(capacity, 16)];
    private int _newest = None;
    private int _oldest = None;

    public int Count { get; private set; }

    /// <summary>The state of a key, made when there is none; the key becomes the most recent one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="evicted">State that made room for it; the default when there was room.</param>
    public ref TValue Touch(TKey key, out TValue? evicted)
    {
        evicted = default;
        uint hash = (uint)key.GetHashCode();
        int place = Find(key, hash);
        if (place != None)
        {
            if (place != _newest)
            {
                Unlink(place);
                Link(place);
            }

            return ref _entries[place].Value;
        }

        if (Count < capacity)
        {
            place = Count++;
            if (place == _entries.Length)
            {
                Grow();
            }
        }
        else
        {
            place = _oldest;
            evicted = _entries[place].Value;
            Unlink(place);
            RemoveFromBucket(place);
        }

        ref Entry entry = ref _entries[place];
        entry.Value = new TValue();
        entry.Key = key;
        entry.Hash = hash;
        AddToBucket(place);
        Link(place);
        return ref entry.Value;
    }

    /// <summary>Where the state of a key is, for <see cref="At"/>, if there is one; its place in the order stays.</summary>
    public bool TryLocate(TKey key, out int place)
    {
        place = Find(key, (uint)key.GetHashCode());
        return place != None;
    }

    /// <summary>The state at a place, until the next key is added.</summary>
    public ref TValue At(int place) => ref _entries[place].Value;

    /// <summary>The state of a key, if there is one; its place in the order stays.</summary>
    public bool TryPeek(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        int place = Find(key, (uint)key.GetHashCode());
        value = place == None ? default : _entries[place].Value;
        return place != None && value is not null;
    }

    private int Find(TKey key, uint hash)
    {
        Entry[] entries = _entries;
        int place = _buckets[hash & (uint)(_buckets.Length - 1)] - 1;
        while (place != None && !(entries[place].Hash == hash && entries[place].Key.Equals(key)))
        {
            place = entries[place].Next - 1;
        }

        return place;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, Math.Min(capacity, _entries.Length * 2));
        if (_buckets.Length < _entries.Length)
        {
            _buckets = new int[_buckets.Length * 2];
            for (int place = 0; place < Count - 1; place++)
            {
                AddToBucket(place);
            }
        }
    }

    private void AddToBucket(int place)
    {
        ref int bucket = ref _buckets[_entries[place].Hash & (uint)(_buckets.Length - 1)];
        _entries[place].Next = bucket;
        bucket = place + 1;
    }

    private void RemoveFromBucket(int place)
    {
        ref int link = ref _buckets[_entries[place].Hash & (uint)(_buckets.Length - 1)];
        while (link != place + 1)
        {
            link = ref _entries[link - 1].Next;
        }

        link = _entries[place].Next;
    }

    private void Link(int place)
    {
        _entries[place].Older = _newest;
        _entries[place].Newer = None;
        if (_newest != None)
        {
            _entries[_newest].Newer = place;
        }
        else
        {
            _oldest = place;
        }

        _newest = place;
    }

    private void Unlink(int place)
    {
        (int older, int newer) = (_entries[place].Older, _entries[place].Newer);
        if (older != None)
        {
            _entries[older].Newer = newer;
        }
        else
        {
            _oldest = newer;
        }

        if (newer != None)
        {
            _entries[newer].Older = older;
        }
        else
        {
            _newest = older;
        }
    }

    private struct Entry
    {
        public TKey Key;
        public TValue Value;
        public int Older;
        public int Newer;
        public int Next;
        public uint Hash;
    }
}
