using System.Buffers;

namespace Vittne.Flows.Reassembly;

/// <summary>
/// The last bytes of a direction that were handed on, as far as they came in small segments: commands and heads, where changing a byte after the
/// fact pays. Bulk data is not remembered, since copying it would cost more than reading it.
/// </summary>
internal sealed class DeliveredTail
{
    /// <summary>Room of one tail, bytes.</summary>
    public const int Capacity = 1024;

    private const int MaxSegment = 512;

    // The shared pool keeps a few dozen of a size; thousands come and go with as many sessions.
    private const int KeptTails = 8192;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(Capacity, KeptTails);

    private readonly byte[] _bytes = Pool.Rent(Capacity);
    private long _end;
    private int _length;

    /// <summary>Remembers bytes that follow the last ones.</summary>
    public void Add(long offset, ReadOnlySpan<byte> data)
    {
        if (offset != _end || data.Length > MaxSegment)
        {
            _length = 0;
        }

        _end = offset + data.Length;
        if (data.Length > MaxSegment)
        {
            return;
        }

        if (_length + data.Length > Capacity)
        {
            int kept = Capacity - MaxSegment;
            _bytes.AsSpan(_length - kept, kept).CopyTo(_bytes);
            _length = kept;
        }

        data.CopyTo(_bytes.AsSpan(_length));
        _length += data.Length;
    }

    /// <summary>The remembered bytes that a later copy would replace, and the bytes of the copy at the same place; both empty when none is.</summary>
    public ReadOnlySpan<byte> Beneath(long offset, ReadOnlySpan<byte> copy, out ReadOnlySpan<byte> same, out long from)
    {
        from = Math.Max(offset, _end - _length);
        long to = Math.Min(offset + copy.Length, _end);
        if (from >= to)
        {
            same = default;
            return default;
        }

        same = copy[(int)(from - offset)..(int)(to - offset)];
        return _bytes.AsSpan((int)(from - (_end - _length)), same.Length);
    }

    /// <summary>Gives the memory back; the tail is not used any more.</summary>
    public void Return() => Pool.Return(_bytes);
}
