namespace Vittne.Protocols.Http;

/// <summary>Undoes chunked coding (RFC 9112 section 7.1) as the bytes come.</summary>
internal struct HttpChunkReader
{
    /// <summary>Longest size line with its extensions; honest ones are a few bytes.</summary>
    public const int MaxSizeLineLength = 4096;

    private const long MaxChunkLength = 1L << 53;

    private Phase _phase;
    private long _remaining;
    private int _scanned;

    private enum Phase : byte
    {
        Size,
        Data,
        DataEnd,
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="data">Bytes that were not taken yet.</param>
    /// <param name="taken">How many of them are done with.</param>
    /// <param name="content">The part of them that is content.</param>
    public HttpChunkStep Step(ReadOnlySpan<byte> data, out int taken, out ReadOnlySpan<byte> content)
    {
        content = default;
        taken = 0;
        if (data.IsEmpty)
        {
            return HttpChunkStep.Wait;
        }

        switch (_phase)
        {
            case Phase.Size:
                return StepSize(data, out taken);

            case Phase.Data:
                taken = (int)Math.Min(_remaining, data.Length);
                content = data[..taken];
                Advance(taken);
                return HttpChunkStep.Taken;

            default:
                taken = data[0] == (byte)'\n' ? 1 : data.Length > 1 && data[1] == (byte)'\n' && data[0] == (byte)'\r' ? 2 : 0;
                if (taken == 0)
                {
                    return data.Length == 1 && data[0] == (byte)'\r' ? HttpChunkStep.Wait : HttpChunkStep.Broken;
                }

                _phase = Phase.Size;
                return HttpChunkStep.Taken;
        }
    }

    /// <summary>Steps over missing bytes when all of them are content of the current chunk.</summary>
    public bool TryBridge(long length)
    {
        if (_phase != Phase.Data || length <= 0 || length > _remaining)
        {
            return false;
        }

        Advance(length);
        return true;
    }

    private void Advance(long length)
    {
        _remaining -= length;
        _phase = _remaining == 0 ? Phase.DataEnd : Phase.Data;
    }

    private HttpChunkStep StepSize(ReadOnlySpan<byte> data, out int taken)
    {
        taken = 0;
        int found = data[_scanned..].IndexOf((byte)'\n');
        int end = _scanned + found;
        if (found < 0)
        {
            _scanned = data.Length;
            return data.Length > MaxSizeLineLength ? HttpChunkStep.Broken : HttpChunkStep.Wait;
        }

        if (end > MaxSizeLineLength || !TryReadSize(data[..end].Trim(HttpHead.Blanks), out _remaining))
        {
            return HttpChunkStep.Broken;
        }

        _scanned = 0;
        taken = end + 1;
        _phase = Phase.Data;
        return _remaining == 0 ? HttpChunkStep.Last : HttpChunkStep.Taken;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        int length = 0;
        foreach (byte b in line)
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                break;
            }

            size = (size << 4) | (uint)((b & 0xF) + (b >> 6) + ((b >> 6) << 3));
            if (size > MaxChunkLength)
            {
                return false;
            }

            length++;
        }

        ReadOnlySpan<byte> rest = line[length..].TrimStart(HttpHead.Blanks);
        return length > 0 && (rest.IsEmpty || rest[0] == (byte)';');
    }
}
