using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Vittne.Packets.Fragments;

/// <summary>The fragments of one datagram so far. Memory grows with the bytes that came, never with offsets that were announced.</summary>
internal sealed class FragmentedDatagram(in FragmentKey key, bool isV6, long firstNs, long sequence)
{
    private const int Overhead = 512;
    private const int MinStoreLength = 256;

    private readonly List<FragmentRun> _runs = [];
    private byte[] _store = [];
    private int _used;
    private int _covered;
    private int _total = -1;

    public FragmentKey Key { get; } = key;

    public bool IsV6 { get; } = isV6;

    /// <summary>Time of the fragment that came first.</summary>
    public long FirstNs { get; } = firstNs;

    /// <summary>Rises with age: the smallest is the oldest.</summary>
    public long Sequence { get; } = sequence;

    public FragmentedDatagram? Older { get; set; }

    public FragmentedDatagram? Younger { get; set; }

    /// <summary>Protocol that the fragment with offset 0 names; only IPv6 needs it.</summary>
    public byte NextHeader { get; set; }

    /// <summary>True once the fragment with offset 0 came.</summary>
    public bool HasFirst { get; set; }

    /// <summary>What is told when the datagram never becomes whole.</summary>
    public OrphanFragment Orphan { get; set; }

    /// <summary>Fragments that came.</summary>
    public int Count { get; private set; }

    /// <summary>Memory in use, bookkeeping estimated.</summary>
    public long MemoryBytes => Overhead + _store.Length + ((long)_runs.Capacity * 20);

    /// <summary>True when no byte is missing.</summary>
    public bool IsComplete => _total >= 0 && _covered == _total && HasFirst;

    /// <summary>Adds a fragment.</summary>
    /// <param name="offset">Its offset in bytes.</param>
    /// <param name="data">Its bytes as far as they are there.</param>
    /// <param name="end">Where it ends by its header.</param>
    /// <param name="isLast">True without the "more fragments" bit.</param>
    /// <param name="policy">Who wins an overlap.</param>
    public FragmentOutcome Add(int offset, ReadOnlySpan<byte> data, int end, bool isLast, FragmentPolicy policy)
    {
        Count++;
        bool isLastWrong = false;
        if (isLast)
        {
            isLastWrong = _total >= 0 ? _total != end : CutAt(end);
            _total = _total < 0 ? end : _total;
        }

        if (_total >= 0 && offset + data.Length > _total)
        {
            isLastWrong = true;
            data = data[..Math.Max(0, _total - offset)];
        }

        if (data.IsEmpty)
        {
            return new FragmentOutcome(isLastWrong, -1, 0, 0, 0);
        }

        if (_runs.Count > 0 && offset < _runs[^1].End)
        {
            return Merge(offset, data, policy) with { IsLastWrong = isLastWrong };
        }

        _runs.Add(new FragmentRun(offset, offset + data.Length, Store(data), offset, offset + data.Length));
        _covered += data.Length;
        return new FragmentOutcome(isLastWrong, -1, 0, 0, 0);
    }

    /// <summary>The datagram. The array may be longer than its <paramref name="length"/> bytes.</summary>
    public byte[] Assemble(out int length)
    {
        length = _total;
        bool isInOrder = true;
        foreach (FragmentRun run in _runs)
        {
            isInOrder &= run.Position == run.Start;
        }

        if (isInOrder)
        {
            return _store;
        }

        byte[] datagram = new byte[_total];
        foreach (FragmentRun run in _runs)
        {
            _store.AsSpan(run.Position, run.End - run.Start).CopyTo(datagram.AsSpan(run.Start));
        }

        return datagram;
    }

    /// <summary>Removes what lies beyond the end. True when there was something.</summary>
    private bool CutAt(int end)
    {
        bool isCut = false;
        for (int i = _runs.Count - 1; i >= 0 && _runs[i].End > end; i--)
        {
            isCut = true;
            if (_runs[i].Start < end)
            {
                _covered -= _runs[i].End - end;
                _runs[i] = _runs[i] with { End = end };
            }
            else
            {
                _covered -= _runs[i].End - _runs[i].Start;
                _runs.RemoveAt(i);
            }
        }

        return isCut;
    }

    private int Store(ReadOnlySpan<byte> data)
    {
        int position = _used;
        if (_used + data.Length > _store.Length)
        {
            Array.Resize(ref _store, Math.Max(MinStoreLength, (_used + data.Length) * 2));
        }

        data.CopyTo(_store.AsSpan(position));
        _used += data.Length;
        return position;
    }

    /// <summary>Adds a fragment that does not simply follow the others: byte by byte the policy says which fragment counts.</summary>
    private FragmentOutcome Merge(int offset, ReadOnlySpan<byte> data, FragmentPolicy policy)
    {
        int end = offset + data.Length;
        int position = -1;
        int at = offset;
        var outcome = new FragmentOutcome(false, -1, 0, 0, 0);
        FragmentRun[] before = [.. _runs];
        _runs.Clear();
        foreach (FragmentRun run in before)
        {
            int from = Math.Max(run.Start, offset);
            int to = Math.Min(run.End, end);
            if (at < Math.Min(run.Start, end))
            {
                Put(at, Math.Min(run.Start, end), offset, data, ref position);
                at = Math.Min(run.Start, end);
            }

            if (from >= to)
            {
                _runs.Add(run);
                continue;
            }

            ReadOnlySpan<byte> old = _store.AsSpan(run.Position + (from - run.Start), to - from);
            ReadOnlySpan<byte> later = data[(from - offset)..(to - offset)];
            if (outcome.ConflictStart < 0 && !old.SequenceEqual(later))
            {
                outcome = new FragmentOutcome(false, from, to - from, XxHash3.HashToUInt64(old), XxHash3.HashToUInt64(later));
            }

            if (NewWins(policy, run, offset, end))
            {
                if (run.Start < from)
                {
                    _runs.Add(run with { End = from });
                }

                Put(from, to, offset, data, ref position);
                if (to < run.End)
                {
                    _runs.Add(run with { Start = to, Position = run.Position + (to - run.Start) });
                }
            }
            else
            {
                _runs.Add(run);
            }

            at = to;
        }

        if (at < end)
        {
            Put(at, end, offset, data, ref position);
        }

        _covered = 0;
        foreach (FragmentRun run in CollectionsMarshal.AsSpan(_runs))
        {
            _covered += run.End - run.Start;
        }

        return outcome;
    }

    /// <summary>Appends a part of the new fragment to the runs, joined with its part before.</summary>
    private void Put(int from, int to, int offset, ReadOnlySpan<byte> data, ref int position)
    {
        if (position < 0)
        {
            position = Store(data);
        }

        int start = position + (from - offset);
        if (_runs.Count > 0 && _runs[^1] is FragmentRun last && last.End == from && last.Position + (from - last.Start) == start)
        {
            _runs[^1] = last with { End = to };
            return;
        }

        _runs.Add(new FragmentRun(from, to, start, offset, offset + data.Length));
    }

    private static bool NewWins(FragmentPolicy policy, in FragmentRun old, int start, int end) => policy switch
    {
        FragmentPolicy.First => false,
        FragmentPolicy.Last => true,
        FragmentPolicy.BsdRight => old.FragmentStart <= start,
        FragmentPolicy.Linux => start <= old.FragmentStart,
        FragmentPolicy.Windows => start < old.FragmentStart && end > old.FragmentEnd,
        FragmentPolicy.Solaris => start < old.FragmentStart && end >= old.FragmentEnd,
        _ => start < old.FragmentStart,
    };
}
