namespace Vittne.Engine.Flows.Reading;

/// <summary>Lines of a stream, without their ends, in a buffer that is used again. What is longer than any line of a record can be is skipped.</summary>
internal sealed class LineSource(Stream stream)
{
    /// <summary>Longest line in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private byte[] _bytes = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line. False at the end.</summary>
    /// <param name="line">The line; valid until the next call. Empty when it was too long.</param>
    /// <param name="isTooLong">True when it was too long.</param>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        int seen = 0;
        while (true)
        {
            int end = _bytes.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _bytes.AsSpan(_start, seen + end);
                _start += seen + end + 1;
                break;
            }

            seen = _end - _start;
            if (_hasEnded)
            {
                line = _bytes.AsSpan(_start, seen);
                _start = _end;
                if (line.IsEmpty && !isTooLong)
                {
                    return false;
                }

                break;
            }

            if (seen >= MaxLength)
            {
                isTooLong = true;
                _start = _end;
                seen = 0;
            }

            Fill();
        }

        Number++;
        line = isTooLong ? default : line is [.., (byte)'\r'] ? line[..^1] : line;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        int count = stream.Read(_bytes.AsSpan(_end));
        _end += count;
        _hasEnded = count == 0;
    }
}
