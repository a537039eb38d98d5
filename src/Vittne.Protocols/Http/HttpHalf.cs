using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <summary>One direction of an HTTP flow: finds heads and bodies. All decisions depend on bytes alone, not on how they were cut.</summary>
internal sealed partial class HttpHalf(HttpParser parser, Direction direction, HttpOpenMessage message, HttpTransactions? transactions)
{
    // Returned by a step that needs more bytes.
    private const int Wait = -1;

    private HttpHalfState _state;
    private HttpChunkReader _chunks;
    private long _remaining;
    private int _needed = 1;
    private bool _isLineEmpty;
    private bool _hasToldStrayLine;
    private bool _hasMessage;
    private bool _isHolding;
    private HttpTransactionMessage? _told;
    private HttpBodyTap? _tap;
    private int _messages;

    /// <summary>What the direction sends.</summary>
    public HttpRole Role { get; set; }

    /// <summary>True when the first line of a head was read and its end was not.</summary>
    public bool IsInHead => _state == HttpHalfState.CutHead || (_state == HttpHalfState.Head && !IsFirstLine);

    /// <summary>True when nothing more comes.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>How many bytes must wait before a look at them is worth it.</summary>
    public int Needed => !_isHolding ? _needed : parser.AwaitsTunnel || parser.AwaitsUpgrade ? HttpParser.MaxHeldBytes : 1;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>Bytes consumed.</returns>
    public int OnData(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int position = 0;
        while (position < data.Length && !parser.HandsOver)
        {
            int taken = Step(data[position..], at);
            if (taken == Wait)
            {
                return position;
            }

            position += taken;
            _needed = 1;
        }

        return position;
    }

    /// <summary>Bytes are missing.</summary>
    /// <param name="rest">Bytes before the gap that were not consumed.</param>
    /// <param name="length">How many are missing; 0 when unknown.</param>
    /// <param name="at">The packet at which the gap was declared.</param>
    public void OnGap(ReadOnlySpan<byte> rest, long length, in PacketStamp at)
    {
        OpenCutHead(rest, at);
        bool isBridged = _state switch
        {
            HttpHalfState.Body => length > 0 && length <= _remaining,
            HttpHalfState.Chunks => _chunks.TryBridge(length),
            HttpHalfState.BodyUntilEnd => true,
            _ => false,
        };

        // The record holds the bytes before the gap: what comes behind it does not follow them.
        message.Emit(isComplete: false, at);
        ForgetHead();
        _needed = 1;
        if (!isBridged)
        {
            GiveUp(at);
            _state = HttpHalfState.Lost;
            parser.DoubtPairing();
            return;
        }

        _told?.Skip(length);
        _tap?.Skip(length);
        if (_state == HttpHalfState.Body)
        {
            _remaining -= length;
            if (_remaining == 0)
            {
                Finish(at);
            }
        }
    }

    /// <summary>The direction ended.</summary>
    public void OnEnd(ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        if (_isHolding && !rest.IsEmpty && rest.Length >= Needed)
        {
            // What waited for an answer that opened nothing is HTTP after all.
            rest = rest[OnData(rest, at)..];
        }

        if (_state == HttpHalfState.BodyUntilEnd)
        {
            Finish(at);
        }

        OpenCutHead(rest, at);
        GiveUp(at);
        IsEnded = true;
    }

    /// <summary>Tells what there is of the current message: nothing more of it comes.</summary>
    public void GiveUp(in PacketStamp at)
    {
        message.Emit(isComplete: false, at);
        EndTold(isComplete: false, at);
    }

    private int Step(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        switch (_state)
        {
            case HttpHalfState.Head:
                return StepHead(data, at);

            case HttpHalfState.BehindBareLine:
                return StepBehindBareLine(data, at);

            case HttpHalfState.CutHead:
                return StepLines(data, at);

            case HttpHalfState.StrayLine:
                return StepStrayLine(data);

            case HttpHalfState.Body:
                int taken = (int)Math.Min(_remaining, data.Length);
                Append(data[..taken], at);
                _remaining -= taken;
                if (_remaining == 0)
                {
                    Finish(at);
                }

                return taken;

            case HttpHalfState.Chunks:
                return StepChunks(data, at);

            case HttpHalfState.Trailer:
                return StepLines(data, at);

            case HttpHalfState.BodyUntilEnd:
                Append(data, at);
                return data.Length;

            default:
                return StepLost(data, at);
        }
    }

    private int StepChunks(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        switch (_chunks.Step(data, out int taken, out ReadOnlySpan<byte> content))
        {
            case HttpChunkStep.Wait:
                _needed = data.Length + 1;
                return Wait;

            case HttpChunkStep.Last:
                _state = HttpHalfState.Trailer;
                _isLineEmpty = true;
                break;

            case HttpChunkStep.Broken:
                parser.Report(direction, AnomalyKind.HttpChunk, "chunk without a size or without its line end", at);
                _state = HttpHalfState.BodyUntilEnd;
                break;

            default:
                Append(content, at);
                break;
        }

        return taken;
    }

    /// <summary>Drops lines up to the empty one: trailers, and what was cut off a head.</summary>
    private int StepLines(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int end = data.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? data : data[..end];
        _isLineEmpty &= line.TrimEnd((byte)'\r').IsEmpty;
        if (end < 0)
        {
            return data.Length;
        }

        if (!_isLineEmpty)
        {
            _isLineEmpty = true;
        }
        else if (_state == HttpHalfState.Trailer)
        {
            Finish(at);
        }
        else
        {
            byte[] head = _cutHead;
            ForgetHead();
            BeginBody(head, at);
        }

        return end + 1;
    }

    /// <summary>Drops the rest of a line; a status line may stand right behind a body that was longer than its head said.</summary>
    private int StepStrayLine(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? data : data[..end];
        int status = Role == HttpRole.Requests ? -1 : line.IndexOf(StatusStart);
        if (status >= 0 || end >= 0)
        {
            _state = HttpHalfState.Head;
            return status >= 0 ? status : end + 1;
        }

        int kept = Role == HttpRole.Requests ? 0 : Math.Min(StatusStart.Length - 1, data.Length);
        while (kept > 0 && !data.EndsWith(StatusStart[..kept]))
        {
            kept--;
        }

        if (kept < data.Length)
        {
            return data.Length - kept;
        }

        _needed = data.Length + 1;
        return Wait;
    }

    private int StepLost(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        _started = at;
        Recognition verdict = HttpRecognition.Recognizes(data);
        if (verdict == Recognition.NeedMore && data.Length < MaxUndecidedLength)
        {
            _needed = data.Length + 1;
            return Wait;
        }

        bool isStatus = HttpStartLine.HasStatusPrefix(data.TrimStart("\r\n"u8));
        bool fits = Role == HttpRole.Unknown || isStatus == (Role == HttpRole.Responses);
        if (verdict == Recognition.No || !fits)
        {
            return data.Length;
        }

        _state = HttpHalfState.Head;
        return 0;
    }

    private void Append(ReadOnlySpan<byte> content, in PacketStamp at)
    {
        message.Append(content, at);
        _told?.Append(content);
        _tap?.Append(content);
    }

    private void Finish(in PacketStamp at)
    {
        message.Emit(isComplete: true, at);
        EndTold(isComplete: true, at);
        _state = HttpHalfState.Head;
    }

    private void EndTold(bool isComplete, in PacketStamp at)
    {
        _tap?.End(isComplete);
        _tap = null;
        if (_told is { } told)
        {
            _told = null;
            transactions!.End(told, isComplete, at);
        }
    }
}
