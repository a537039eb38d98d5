using System.IO.Hashing;
using System.Runtime.InteropServices;
using Vittne.Packets.Measures;

namespace Vittne.Packets.Fragments;

/// <summary>
/// The fragments of one datagram so far. Memory grows with the bytes that came, never with offsets that were announced. Used again for
/// another datagram when this one is over.
/// </summary>
/// <param name="store">Where the bytes are.</param>
/// <param name="number">Its place among all.</param>
internal sealed class FragmentedDatagram(FragmentStore store, int number)
{
    private const int Overhead = 512;

    // Lists of the few datagrams with more are not kept for the next.
    private const int KeptCapacity = 64;

    // The first fragment is kept by itself: most datagrams that wait get no other.
    private FragmentRun _single;
    private bool _isSingle;
    private List<FragmentRun>? _runs;
    private int _firstBlock = FragmentStore.None;
    private int _lastBlock = FragmentStore.None;
    private int _storedBytes;
    private int _covered;
    private int _total = -1;

    /// <summary>Its place among all datagrams of the table.</summary>
    public int Number { get; } = number;

    public FragmentKey Key { get; private set; }

    /// <summary>Hash of the key.</summary>
    public uint Hash { get; private set; }

    public bool IsV6 { get; private set; }

    /// <summary>Time of the fragment that came first.</summary>
    public long FirstNs { get; private set; }

    /// <summary>Rises with age: the smallest is the oldest.</summary>
    public long Sequence { get; private set; }

    /// <summary>Number of the one that is next older, or <see cref="FragmentQueue.None"/>.</summary>
    public int Older { get; set; }

    /// <summary>Number of the one that is next younger, or <see cref="FragmentQueue.None"/>.</summary>
    public int Younger { get; set; }

    /// <summary>Protocol that the fragment with offset 0 names; only IPv6 needs it.</summary>
    public byte NextHeader { get; set; }

    /// <summary>True once the fragment with offset 0 came.</summary>
    public bool HasFirst { get; set; }

    /// <summary>What came so far.</summary>
    public FragmentSum Sum { get; set; }

    /// <summary>What is told when the datagram never becomes whole.</summary>
    public OrphanFragment Orphan { get; set; }

    private List<FragmentRun> Runs
    {
        get
        {
            _runs ??= [];
            if (_isSingle)
            {
                _isSingle = false;
                _runs.Add(_single);
            }

            return _runs;
        }
    }

    /// <summary>
    /// The packets that brought fragments: number in the capture, and in the run. Kept only where somebody asks for what packets say; 16 bytes
    /// each, as many as a datagram may have fragments.
    /// </summary>
    public List<(long Number, long Ordinal)> Parts { get; } = [];

    /// <summary>Fragments that came.</summary>
    public int Count { get; private set; }

    /// <summary>Memory in use, bookkeeping estimated.</summary>
    public long MemoryBytes => Overhead + _storedBytes + ((_runs?.Count ?? 0) * 28L);

    /// <summary>True when no byte is missing.</summary>
    public bool IsComplete => _total >= 0 && _covered == _total && HasFirst;

    /// <summary>Begins a datagram.</summary>
    public void Begin(in FragmentKey key, uint hash, bool isV6, long firstNs, long sequence)
    {
        Key = key;
        Hash = hash;
        IsV6 = isV6;
        FirstNs = firstNs;
        Sequence = sequence;
        _total = -1;
    }

    /// <summary>Gives the bytes back and forgets everything.</summary>
    public void End()
    {
        if (_firstBlock != FragmentStore.None)
        {
            store.Remove(_firstBlock, _lastBlock);
            _firstBlock = _lastBlock = FragmentStore.None;
        }

        if (_runs is not null)
        {
            _runs.Clear();
            _runs = _runs.Capacity > KeptCapacity ? null : _runs;
        }

        Parts.Clear();
        _isSingle = false;
        _storedBytes = _covered = Count = 0;
        HasFirst = false;
        NextHeader = 0;
        Orphan = default;
        Sum = default;
    }

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

        if (_covered == 0)
        {
            _single = new FragmentRun(offset, offset + data.Length, Store(data), 0, offset, offset + data.Length);
            _isSingle = true;
        }
        else if (offset < Runs[^1].End)
        {
            return Merge(offset, data, policy) with { IsLastWrong = isLastWrong };
        }
        else
        {
            Runs.Add(new FragmentRun(offset, offset + data.Length, Store(data), 0, offset, offset + data.Length));
        }

        _covered += data.Length;
        return new FragmentOutcome(isLastWrong, -1, 0, 0, 0);
    }

    /// <summary>Bytes of the datagram when it is complete.</summary>
    public int Length => _total;

    /// <summary>Writes the complete datagram.</summary>
    public void Assemble(Span<byte> datagram)
    {
        foreach (FragmentRun run in CollectionsMarshal.AsSpan(Runs))
        {
            store.Copy(run.Piece, run.Skip, datagram[run.Start..run.End]);
        }
    }

    /// <summary>Removes what lies beyond the end. True when there was something.</summary>
    private bool CutAt(int end)
    {
        bool isCut = false;
        List<FragmentRun> runs = Runs;
        for (int i = runs.Count - 1; i >= 0 && runs[i].End > end; i--)
        {
            isCut = true;
            if (runs[i].Start < end)
            {
                _covered -= runs[i].End - end;
                runs[i] = runs[i] with { End = end };
            }
            else
            {
                _covered -= runs[i].End - runs[i].Start;
                runs.RemoveAt(i);
            }
        }

        return isCut;
    }

    private int Store(ReadOnlySpan<byte> data)
    {
        int piece = store.Add(data, ref _lastBlock);
        _firstBlock = _firstBlock == FragmentStore.None ? piece : _firstBlock;
        _storedBytes += FragmentStore.MemoryOf(data.Length);
        return piece;
    }

    /// <summary>Adds a fragment that does not simply follow the others: byte by byte the policy says which fragment counts.</summary>
    private FragmentOutcome Merge(int offset, ReadOnlySpan<byte> data, FragmentPolicy policy)
    {
        int end = offset + data.Length;
        int piece = -1;
        int at = offset;
        var outcome = new FragmentOutcome(false, -1, 0, 0, 0);
        FragmentRun[] before = [.. Runs];
        Runs.Clear();
        foreach (FragmentRun run in before)
        {
            int from = Math.Max(run.Start, offset);
            int to = Math.Min(run.End, end);
            if (at < Math.Min(run.Start, end))
            {
                Put(at, Math.Min(run.Start, end), offset, data, ref piece);
                at = Math.Min(run.Start, end);
            }

            if (from >= to)
            {
                Runs.Add(run);
                continue;
            }

            byte[] old = new byte[to - from];
            store.Copy(run.Piece, run.Skip + (from - run.Start), old);
            ReadOnlySpan<byte> later = data[(from - offset)..(to - offset)];
            if (outcome.ConflictStart < 0 && !later.SequenceEqual(old))
            {
                outcome = new FragmentOutcome(false, from, to - from, XxHash3.HashToUInt64(old), XxHash3.HashToUInt64(later));
            }

            if (NewWins(policy, run, offset, end))
            {
                if (run.Start < from)
                {
                    Runs.Add(run with { End = from });
                }

                Put(from, to, offset, data, ref piece);
                if (to < run.End)
                {
                    Runs.Add(run with { Start = to, Skip = run.Skip + (to - run.Start) });
                }
            }
            else
            {
                Runs.Add(run);
            }

            at = to;
        }

        if (at < end)
        {
            Put(at, end, offset, data, ref piece);
        }

        _covered = 0;
        foreach (FragmentRun run in CollectionsMarshal.AsSpan(Runs))
        {
            _covered += run.End - run.Start;
        }

        return outcome;
    }

    /// <summary>Appends a part of the new fragment to the runs, joined with its part before.</summary>
    private void Put(int from, int to, int offset, ReadOnlySpan<byte> data, ref int piece)
    {
        if (piece < 0)
        {
            piece = Store(data);
        }

        int skip = from - offset;
        if (Runs.Count > 0 && Runs[^1] is FragmentRun last && last.End == from && last.Piece == piece && last.Skip + (from - last.Start) == skip)
        {
            Runs[^1] = last with { End = to };
            return;
        }

        Runs.Add(new FragmentRun(from, to, piece, skip, offset, offset + data.Length));
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
