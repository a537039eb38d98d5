using System.Buffers;

namespace Vittne.Protocols.Sessions;

/// <summary>Bytes of one direction that a parser did not consume yet. Rented only while there are some.</summary>
internal struct CarryBuffer
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>How many bytes wait.</summary>
    public readonly int Length => _end - _start;

    /// <summary>The bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, Length);

    /// <summary>Adds bytes behind the others.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if ((_buffer?.Length ?? 0) - _end < data.Length)
        {
            MakeRoom(data.Length);
        }

        data.CopyTo(_buffer.AsSpan(_end));
        _end += data.Length;
    }

    /// <summary>Drops the first bytes; gives the buffer back when none is left.</summary>
    public void Consume(int length)
    {
        _start += length;
        if (_start == _end)
        {
            Clear();
        }
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = null;
        _start = _end = 0;
    }

    private void MakeRoom(int more)
    {
        int length = Length;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, (length + more) * 2));
        Bytes.CopyTo(larger);
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        _start = 0;
        _end = length;
    }
}
