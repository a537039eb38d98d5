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

    private readonly Dictionary<TKey, int> _places = [];
    private Entry[] _entries = new Entry[Math.Min(capacity, 16)];
    private int _newest = None;
    private int _oldest = None;

    public int Count => _places.Count;

    /// <summary>The state of a key, made when there is none; the key becomes the most recent one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="evicted">State that made room for it; the default when there was room.</param>
    public ref TValue Touch(TKey key, out TValue? evicted)
    {
        evicted = default;
        if (_places.TryGetValue(key, out int place))
        {
            Unlink(place);
        }
        else if (_places.Count < capacity)
        {
            place = _places.Count;
            if (place == _entries.Length)
            {
                Array.Resize(ref _entries, Math.Min(capacity, place * 2));
            }

            _entries[place].Value = new TValue();
            _entries[place].Key = key;
            _places.Add(key, place);
        }
        else
        {
            place = _oldest;
            evicted = _entries[place].Value;
            Unlink(place);
            _places.Remove(_entries[place].Key);
            _entries[place].Value = new TValue();
            _entries[place].Key = key;
            _places.Add(key, place);
        }

        Link(place);
        return ref _entries[place].Value;
    }

    /// <summary>Where the state of a key is, for <see cref="At"/>, if there is one; its place in the order stays.</summary>
    public bool TryLocate(TKey key, out int place) => _places.TryGetValue(key, out place);

    /// <summary>The state at a place, until the next key is added.</summary>
    public ref TValue At(int place) => ref _entries[place].Value;

    /// <summary>The state of a key, if there is one; its place in the order stays.</summary>
    public bool TryPeek(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        bool found = _places.TryGetValue(key, out int place);
        value = found ? _entries[place].Value : default;
        return found && value is not null;
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
    }
}
