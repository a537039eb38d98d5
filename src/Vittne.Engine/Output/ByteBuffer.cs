using System.Buffers.Text;

namespace Vittne.Engine.Output;

/// <summary>Bytes on their way to a stream, passed on in large blocks.</summary>
public sealed class ByteBuffer(Stream output)
{
    private const int BlockLength = 64 << 10;

    private byte[] _bytes = new byte[2 * BlockLength];
    private int _count;

    /// <summary>Appends one byte.</summary>
    public void Add(byte value)
    {
        Reserve(1)[0] = value;
        _count++;
    }

    /// <summary>Appends one ASCII character.</summary>
    public void Add(char value) => Add((byte)value);

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        _count += values.Length;
    }

    /// <summary>Appends the same byte several times.</summary>
    public void Fill(byte value, int times)
    {
        Reserve(times)[..times].Fill(value);
        _count += times;
    }

    /// <summary>Appends a decimal number.</summary>
    public void Number(long value, int digits = 0)
    {
        Utf8Formatter.TryFormat(value, Reserve(32), out int written, digits == 0 ? default : new System.Buffers.StandardFormat('D', (byte)digits));
        _count += written;
    }

    /// <summary>Appends something that formats itself, of at most 64 bytes.</summary>
    public void Add<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Reserve(64), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Room for so many bytes at the end; <see cref="Advance"/> tells how many were used.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _count < length)
        {
            Array.Resize(ref _bytes, Math.Max(_count + length, 2 * _bytes.Length));
        }

        return _bytes.AsSpan(_count);
    }

    /// <summary>Bytes of <see cref="Reserve"/> were filled.</summary>
    public void Advance(int length) => _count += length;

    /// <summary>Passes on what is there when it is much.</summary>
    public void PassOn()
    {
        if (_count >= BlockLength)
        {
            Flush();
        }
    }

    /// <summary>Passes on what is there.</summary>
    public void Flush()
    {
        output.Write(_bytes, 0, _count);
        output.Flush();
        _count = 0;
    }
}
