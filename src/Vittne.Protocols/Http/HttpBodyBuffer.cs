using System.Buffers;

namespace Vittne.Protocols.Http;

/// <summary>Keeps the first bytes of a body. Grows with what came, never with what a header announced.</summary>
internal sealed class HttpBodyBuffer
{
    private byte[] _buffer = [];
    private int _length;

    /// <summary>Most bytes that are kept now.</summary>
    public int MaxLength { get; set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The array that holds them at its start.</summary>
    public byte[] Array => _buffer;

    /// <summary>How many there are.</summary>
    public int Length => _length;

    /// <summary>Adds bytes.</summary>
    /// <returns>False when some did not fit: the buffer holds all that it ever will.</returns>
    public bool TryAppend(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> taken = data.Length > MaxLength - _length ? data[..(MaxLength - _length)] : data;
        if (_buffer.Length - _length < taken.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + taken.Length, Math.Min(MaxLength, _length * 2)));
            Bytes.CopyTo(larger);
            GiveBack();
            _buffer = larger;
        }

        taken.CopyTo(_buffer.AsSpan(_length));
        _length += taken.Length;
        return taken.Length == data.Length;
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        GiveBack();
        _buffer = [];
        _length = 0;
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
