using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.CommandLines;

/// <summary>
/// What protocols of lines share: it cuts the bytes of both directions into lines of bounded length and skips what is no line (messages,
/// literals) without keeping it. TLS where a line must begin is handed over, whether its announcement was captured or not.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public abstract class LineParser(FlowIdentity flow, IRecordSink sink) : StreamParser(flow, sink)
{
    /// <summary>Longest line in bytes; what is behind is dropped.</summary>
    public const int MaxLineLength = 64 << 10;

    // So many lines in a row that are none of the protocol: it is another one.
    private const int MaxStrayLines = 64;

    // Content type handshake and the major version of every TLS record (RFC 8446 section 5.1).
    private const byte TlsHandshake = 0x16;
    private const byte TlsMajorVersion = 3;

    private readonly LineSide[] _sides = [new(), new()];
    private int _strayLines;
    private bool _isOver;

    /// <inheritdoc/>
    public sealed override bool IsDone(Direction direction) => _isOver;

    /// <inheritdoc/>
    public sealed override int Needed(Direction direction) => _sides[(int)direction].Needed;

    /// <inheritdoc/>
    public sealed override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        LineSide side = _sides[(int)direction];
        int position = 0;
        side.Needed = 1;
        side.IsHeld = false;
        while (position < data.Length && !HandsOver && !_isOver)
        {
            int taken = Take(side, direction, data[position..], at);
            if (taken == 0)
            {
                break;
            }

            position += taken;
        }

        return _isOver ? data.Length : position;
    }

    /// <inheritdoc/>
    public sealed override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        LineSide side = _sides[(int)direction];
        side.Needed = 1;
        side.Scanned = 0;
        side.IsUncertain = true;
        switch (side.Mode)
        {
            case LineMode.Bytes when length > 0 && length < side.Remaining:
                side.Remaining -= length;
                side.IsUncertain = false;
                break;
            case LineMode.Text:
                side.IsAtLineStart = false;
                break;
            default:
                side.Enter(LineMode.Lines);
                break;
        }

        OnLoss(direction, at);
    }

    /// <inheritdoc/>
    public sealed override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        for (int taken = 1; taken > 0 && !rest.IsEmpty && !_isOver && !HandsOver;)
        {
            StopWaiting(direction);
            taken = OnData(direction, rest, at);
            rest = rest[taken..];
        }

        if (_sides[(int)direction].Mode == LineMode.Lines && !rest.IsEmpty && !_isOver && !HandsOver)
        {
            GiveLine(direction, rest, at);
        }

        OnSideEnd(direction, at);
    }

    /// <summary>Takes a line.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="line">The line without its line end, at most <see cref="MaxLineLength"/> bytes; may be empty.</param>
    /// <param name="at">The packet that ended it.</param>
    protected abstract void OnLine(Direction direction, ReadOnlySpan<byte> line, in PacketStamp at);

    /// <summary>True while the meaning of the next bytes of a direction depends on an answer that is still to come.</summary>
    protected virtual bool Waits(Direction direction) => false;

    /// <summary>The answer that <see cref="Waits"/> is about will not come: the next bytes are read by what they look like.</summary>
    protected virtual void StopWaiting(Direction direction)
    {
    }

    /// <summary>Takes the block that was asked for with <see cref="TakeBlock"/>.</summary>
    protected virtual void OnBlock(Direction direction, ReadOnlySpan<byte> block)
    {
    }

    /// <summary>The text that was skipped after <see cref="SkipText"/> has ended.</summary>
    protected virtual void OnTextEnd(Direction direction, in PacketStamp at)
    {
    }

    /// <summary>Bytes of a direction are missing.</summary>
    protected virtual void OnLoss(Direction direction, in PacketStamp at)
    {
    }

    /// <summary>A direction ended; its last line was given.</summary>
    protected virtual void OnSideEnd(Direction direction, in PacketStamp at)
    {
    }

    /// <summary>No more line will come: what waits for an answer is told without.</summary>
    protected virtual void Flush(in PacketStamp at)
    {
    }

    /// <summary>What follows in both directions is another protocol.</summary>
    protected void HandOver(in PacketStamp at)
    {
        Flush(at);
        HandsOver = true;
    }

    /// <summary>True when bytes before the line were lost: it may be the end of one.</summary>
    protected bool IsUncertain(Direction direction) => _sides[(int)direction].IsUncertain;

    /// <summary>True when bytes of a direction are there that wait for an answer and were not read yet.</summary>
    protected bool IsHeld(Direction direction) => _sides[(int)direction].IsHeld;

    /// <summary>True while text is skipped of which nothing has come yet.</summary>
    protected bool IsBeforeText(Direction direction) => _sides[(int)direction] is { Mode: LineMode.Text, Skipped: 0 };

    /// <summary>True while text is skipped whose end may have been lost.</summary>
    protected bool IsInUncertainText(Direction direction) => _sides[(int)direction] is { Mode: LineMode.Text, IsUncertain: true };

    /// <summary>What follows in a direction is text up to a line of one dot.</summary>
    protected void SkipText(Direction direction) => _sides[(int)direction].Enter(LineMode.Text);

    /// <summary>What follows in a direction are so many bytes that are no lines.</summary>
    protected void SkipBytes(Direction direction, long length) => Enter(direction, LineMode.Bytes, length);

    /// <summary>What follows in a direction are so many bytes that the parser wants.</summary>
    protected void TakeBlock(Direction direction, int length) => Enter(direction, LineMode.Block, length);

    /// <summary>What follows in a direction are lines after all.</summary>
    protected void ReadLines(Direction direction) => _sides[(int)direction].Enter(LineMode.Lines);

    /// <summary>A line was one of the protocol.</summary>
    protected void Confirm(Direction direction)
    {
        _strayLines = 0;
        _sides[(int)direction].IsUncertain = false;
    }

    /// <summary>A line was none of the protocol; many in a row end the parser.</summary>
    protected void Stray(Direction direction, in PacketStamp at)
    {
        if (++_strayLines >= MaxStrayLines)
        {
            Report(direction, AnomalyKind.LineStray, $"{MaxStrayLines} lines in a row are no commands or replies", at);
            Finish(at);
        }
    }

    /// <summary>Nothing more can be read.</summary>
    protected void Finish(in PacketStamp at)
    {
        Flush(at);
        _isOver = true;
    }

    /// <summary>Emits an anomaly.</summary>
    protected void Report(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    private void Enter(Direction direction, LineMode mode, long length)
    {
        if (length > 0)
        {
            _sides[(int)direction].Enter(mode, length);
        }
    }

    private int Take(LineSide side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        switch (side.Mode)
        {
            case LineMode.Text:
                int skipped = DottedText.Skip(side, data, out bool isEnd);
                side.Skipped += skipped;
                if (isEnd)
                {
                    side.Enter(LineMode.Lines);
                    OnTextEnd(direction, at);
                }
                else if (skipped < data.Length)
                {
                    side.Needed = data.Length - skipped + 1;
                }

                return skipped;

            case LineMode.Bytes:
                int passed = (int)Math.Min(data.Length, side.Remaining);
                side.Remaining -= passed;
                if (side.Remaining == 0)
                {
                    side.Enter(LineMode.Lines);
                }

                return passed;

            case LineMode.Block:
                int length = (int)side.Remaining;
                if (data.Length < length)
                {
                    side.Needed = length;
                    return 0;
                }

                side.Enter(LineMode.Lines);
                OnBlock(direction, data[..length]);
                return length;

            case LineMode.LongLine:
                int end = data.IndexOf((byte)'\n');
                if (end >= 0)
                {
                    side.Enter(LineMode.Lines);
                }

                return end < 0 ? data.Length : end + 1;

            default:
                return TakeLine(side, direction, data, at);
        }
    }

    private int TakeLine(LineSide side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (data[0] == TlsHandshake)
        {
            if (data.Length < 2)
            {
                side.Needed = 2;
                return 0;
            }

            if (data[1] == TlsMajorVersion)
            {
                HandOver(at);
                return 0;
            }
        }

        if (Waits(direction))
        {
            if (data.Length <= MaxLineLength)
            {
                side.Needed = data.Length + 1;
                side.IsHeld = true;
                return 0;
            }

            StopWaiting(direction);
            return Take(side, direction, data, at);
        }

        int scanned = Math.Min(side.Scanned, data.Length);
        int end = data[scanned..].IndexOf((byte)'\n');
        end = end < 0 ? -1 : end + scanned;
        bool isTooLong = end > MaxLineLength || (end < 0 && data.Length > MaxLineLength);
        if (end < 0 && !isTooLong)
        {
            side.Scanned = data.Length;
            side.Needed = data.Length + 1;
            return 0;
        }

        side.Scanned = 0;
        if (isTooLong)
        {
            Report(direction, AnomalyKind.LineLength, $"line longer than {MaxLineLength} bytes", at);
            side.Enter(LineMode.LongLine);
            GiveLine(direction, data[..MaxLineLength], at);
            return MaxLineLength;
        }

        GiveLine(direction, data[..end], at);
        return end + 1;
    }

    private void GiveLine(Direction direction, ReadOnlySpan<byte> line, in PacketStamp at) => OnLine(direction, line.TrimEnd("\r\n"u8), at);
}
