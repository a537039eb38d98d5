using System.Buffers;
using Vittne.Packets;

namespace Vittne.Protocols.Http2;

/// <summary>One direction of an HTTP/2 flow: walks its frames and decodes its header blocks.</summary>
/// <param name="parser">The flow.</param>
/// <param name="direction">Who sends them.</param>
internal sealed class Http2Half(Http2Parser parser, Direction direction)
{
    // Servers refuse heads beyond 8 to 32 KiB; a block that goes on without end is an attack (CVE-2024-24549 and others).
    private const int MaxBlockLength = 64 << 10;

    // Empty CONTINUATION frames do not make a block longer.
    private const int MaxContinuations = 256;

    // Returned by a step that needs more bytes.
    private const int Wait = -1;

    private readonly HpackDecoder _decoder = new();
    private readonly Http2HeadBuilder _head = new();
    private readonly ArrayBufferWriter<byte> _block = new();
    private Http2Frame _frame;
    private Http2Frame _blockFrame;
    private PacketStamp _blockAt;
    private int _blockStream;
    private int _continuations;
    private int _left;
    private int _padding;
    private int _needed = 1;
    private bool _hasPadding;
    private bool _isInBlock;
    private bool _isStarted;
    private bool _isLost;

    /// <summary>How many bytes must wait before a look at them is worth it.</summary>
    public int Needed => _needed;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>Bytes consumed.</returns>
    public int OnData(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int position = 0;
        while (position < data.Length)
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

    /// <summary>Bytes are missing. Inside the payload of a frame they are stepped over; else frames are looked for at the next segment.</summary>
    public void OnGap(long length, in PacketStamp at)
    {
        _needed = 1;
        bool isBody = _frame.Type == Http2FrameType.Data;
        if (length > 0 && length <= _left - (isBody ? _padding : 0) && (!isBody || !_hasPadding))
        {
            _left -= (int)length;
            if (isBody)
            {
                parser.Skip(direction, _frame.Stream, length, at);
                EndDataIfDone(at);
            }

            return;
        }

        LoseBlock();
        _decoder.Lose();
        _left = 0;
        _isLost = true;
        parser.SkipAll(direction, Math.Max(1, length), at);
    }

    private int Step(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_isLost)
        {
            // Behind a gap only the start of a segment can be the start of a frame.
            _isLost = !Http2Recognition.CouldBeFrame(data);
            return _isLost ? data.Length : 0;
        }

        if (!_isStarted)
        {
            return StepStart(data);
        }

        return _left > 0 || _hasPadding ? StepPayload(data, at) : StepFrame(data, at);
    }

    private int StepStart(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> preface = Http2Recognition.Preface;
        bool isPreface = preface.StartsWith(data[..Math.Min(data.Length, preface.Length)]);
        if (isPreface && data.Length < preface.Length)
        {
            _needed = preface.Length;
            return Wait;
        }

        _isStarted = true;
        return isPreface ? preface.Length : 0;
    }

    private int StepFrame(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (data.Length < Http2Frame.HeaderLength)
        {
            _needed = Http2Frame.HeaderLength;
            return Wait;
        }

        var frame = Http2Frame.Read(data);
        if (!frame.IsPossible)
        {
            parser.Report(direction, AnomalyKind.Http2Frame, $"type {(byte)frame.Type} with {frame.Length} bytes on stream {frame.Stream}", at);
            LoseBlock();
            _decoder.Lose();
            _isLost = true;
            return data.Length;
        }

        if (_isInBlock && (frame.Type != Http2FrameType.Continuation || frame.Stream != _blockFrame.Stream))
        {
            parser.Report(direction, AnomalyKind.Http2Frame, "header block without its end", at);
            LoseBlock();
            _decoder.Lose();
        }

        bool isWhole = frame.Type is Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation or Http2FrameType.Reset;
        if (isWhole && frame.Length <= MaxBlockLength)
        {
            int end = Http2Frame.HeaderLength + frame.Length;
            if (data.Length < end)
            {
                _needed = end;
                return Wait;
            }

            TakeWhole(frame, data[Http2Frame.HeaderLength..end], at);
            return end;
        }

        if (isWhole)
        {
            parser.Report(direction, AnomalyKind.Http2Limit, $"header block of {frame.Length} bytes or more", at);
            LoseBlock();
            _decoder.Lose();
        }

        (_frame, _left, _padding, _hasPadding) = (frame, frame.Length, 0, frame is { IsPadded: true, Length: > 0 });
        if (frame is { Type: Http2FrameType.Data, Length: 0 })
        {
            EndDataIfDone(at);
        }

        return Http2Frame.HeaderLength;
    }

    private int StepPayload(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_hasPadding)
        {
            _hasPadding = false;
            _left--;
            _padding = Math.Min(data[0], _left);
            EndDataIfDone(at);
            return 1;
        }

        int content = _left - _padding;
        int taken = Math.Min(content > 0 ? content : _left, data.Length);
        if (_frame.Type == Http2FrameType.Data && content > 0)
        {
            parser.Append(direction, _frame.Stream, data[..taken], at);
        }

        _left -= taken;
        EndDataIfDone(at);
        return taken;
    }

    /// <summary>The message ends with the last byte of its last frame, padding included.</summary>
    private void EndDataIfDone(in PacketStamp at)
    {
        if (_left == 0 && _frame is { Type: Http2FrameType.Data, EndsStream: true })
        {
            parser.End(direction, _frame.Stream, at);
        }
    }

    private void TakeWhole(Http2Frame frame, ReadOnlySpan<byte> payload, in PacketStamp at)
    {
        if (frame.Type == Http2FrameType.Reset)
        {
            parser.Reset(frame.Stream, at);
            return;
        }

        if (frame.Type == Http2FrameType.Continuation && !_isInBlock)
        {
            // Its beginning was not seen, or was given up.
            _decoder.Lose();
            return;
        }

        if (!frame.TryReadFragment(payload, out ReadOnlySpan<byte> fragment, out int promised))
        {
            parser.Report(direction, AnomalyKind.Http2Frame, "header block shorter than its padding", at);
            LoseBlock();
            _decoder.Lose();
            return;
        }

        if (frame.Type != Http2FrameType.Continuation)
        {
            (_blockFrame, _blockAt, _blockStream, _continuations, _isInBlock) = (frame, at, promised == 0 ? frame.Stream : promised, 0, true);
        }
        else if (++_continuations > MaxContinuations || _block.WrittenCount + fragment.Length > MaxBlockLength)
        {
            parser.Report(direction, AnomalyKind.Http2Limit, "header block goes on without end", at);
            LoseBlock();
            _decoder.Lose();
            return;
        }

        _block.Write(fragment);
        if (frame.EndsHeaders)
        {
            TakeBlock(at);
        }
    }

    private void TakeBlock(in PacketStamp at)
    {
        _head.Clear();
        if (!_decoder.TryDecode(_block.WrittenSpan, _head))
        {
            parser.Report(direction, AnomalyKind.Http2Header, "header block that cannot be decoded", at);
        }

        if (_head.IsCut)
        {
            parser.Report(direction, AnomalyKind.HttpHeaderLimit, "header block cut at the limits of a head", at);
        }

        parser.TakeHead(direction, _blockStream, _head, _blockFrame.Type == Http2FrameType.PushPromise, _blockAt, at);
        if (_head.HasBadField)
        {
            parser.Report(direction, AnomalyKind.Http2Header, "field with bytes that no field may have", at);
        }

        bool endsStream = _blockFrame.EndsStream;
        LoseBlock();
        if (endsStream)
        {
            parser.End(direction, _blockStream, at);
        }
    }

    private void LoseBlock()
    {
        _isInBlock = false;
        if (_block.Capacity > MaxBlockLength / 4)
        {
            // One large block does not hold its memory for the life of the flow.
            _block.Clear();
        }

        _block.ResetWrittenCount();
    }
}
