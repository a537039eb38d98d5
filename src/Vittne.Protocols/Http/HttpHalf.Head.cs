using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <content>Heads: start lines, limits, and what follows from them.</content>
internal sealed partial class HttpHalf
{
    // Behind a gap so many bytes are waited for before they are judged.
    private const int MaxUndecidedLength = 64;

    private int _scanned;
    private int _lineStart;
    private int _headers;
    private byte[] _cutHead = [];
    private PacketStamp _started;

    private static ReadOnlySpan<byte> StatusStart => "HTTP/1."u8;

    private static ReadOnlySpan<byte> SshStart => "SSH-"u8;

    private int StepHead(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_scanned == 0 && IsFirstLine)
        {
            _started = at;
            if (TryStepStart(data, at, out int early))
            {
                return early;
            }
        }

        while (true)
        {
            int limit = Math.Min(_lineStart + HttpHead.MaxLineLength, HttpHead.MaxLength);
            int found = data[_scanned..].IndexOf((byte)'\n');
            int end = found < 0 ? data.Length : _scanned + found;
            if (end > limit)
            {
                return Cut(data, limit, at);
            }

            if (found < 0)
            {
                _scanned = data.Length;
                _needed = data.Length + 1;
                return IsFirstLine && !CouldStart(data) ? NoStart(data, at) : Wait;
            }

            ReadOnlySpan<byte> line = data[_lineStart..end];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (IsFirstLine)
            {
                if (!TryStart(line))
                {
                    return NoStart(data, at);
                }

                if (Role == HttpRole.Requests && HttpStartLine.Version(line).IsEmpty)
                {
                    ForgetHead();
                    KeepBareLine(data[..(end + 1)]);
                    return end + 1;
                }
            }
            else if (line.IsEmpty)
            {
                byte[] head = [.. _bareLine, .. data[.._lineStart]];
                ForgetHead();
                BeginBody(head, at);
                return end + 1;
            }
            else if (line[0] is not ((byte)' ' or (byte)'\t') && ++_headers > HttpHead.MaxHeaders)
            {
                return Cut(data, _lineStart, at);
            }

            _lineStart = _scanned = end + 1;
        }
    }

    /// <summary>What can be told from the first bytes of a message alone.</summary>
    private bool TryStepStart(ReadOnlySpan<byte> data, in PacketStamp at, out int taken)
    {
        taken = Wait;
        _isHolding = false;
        if (data[0] == (byte)'\n' || data.StartsWith("\r\n"u8))
        {
            taken = data[0] == (byte)'\n' ? 1 : 2;
            return true;
        }

        if (data.Length == 1 && data[0] == (byte)'\r')
        {
            _needed = 2;
            return true;
        }

        if (Role == HttpRole.Requests && parser.AwaitsTunnel)
        {
            // HTTP inside the tunnel is the tunnel's; anything else shows that the answer is missing in the capture.
            Recognition verdict = HttpRecognition.Recognizes(data);
            _needed = data.Length + 1;
            if (verdict != Recognition.NeedMore)
            {
                Hold(data, verdict == Recognition.Yes, at);
            }

            return true;
        }

        if (CouldStart(data))
        {
            return false;
        }

        taken = NoStart(data, at);
        return true;
    }

    /// <summary>The bytes start no message: they belong to an offered protocol, to an answer without head, or nowhere.</summary>
    private int NoStart(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        ForgetHead();
        if (Role == HttpRole.Requests && parser.AwaitsUpgrade)
        {
            Hold(data, mayHold: true, at);
            return Wait;
        }

        if (Role == HttpRole.Responses && parser.AwaitsSimpleAnswer)
        {
            OpenResponse([], parser.AnswerSimple(), at);
            _tap = parser.OpenBody(direction, _messages, default, at);
            _state = HttpHalfState.BodyUntilEnd;
            return 0;
        }

        if (Role == HttpRole.Responses && !_hasMessage && SshStart.StartsWith(data[..Math.Min(data.Length, SshStart.Length)]))
        {
            // A web client at an SSH server: the answer is the server's banner.
            if (data.Length >= SshStart.Length)
            {
                parser.HandOver(at);
            }

            _needed = SshStart.Length;
            return Wait;
        }

        if (_hasMessage && !_hasToldStrayLine)
        {
            _hasToldStrayLine = true;
            parser.Report(direction, AnomalyKind.HttpStartLine, "bytes between messages", at);
        }

        // One byte is taken, so that looking again goes on behind it.
        _state = HttpHalfState.StrayLine;
        return 1;
    }

    private void Hold(ReadOnlySpan<byte> data, bool mayHold, in PacketStamp at)
    {
        _isHolding = true;
        if (!mayHold || data.Length >= HttpParser.MaxHeldBytes)
        {
            parser.HandOver(at);
        }
    }

    private bool CouldStart(ReadOnlySpan<byte> start) => Role switch
    {
        HttpRole.Requests => HttpStartLine.CouldBeRequest(start),
        HttpRole.Responses => HttpStartLine.CouldBeStatus(start),
        _ => HttpStartLine.CouldBeRequest(start) || HttpStartLine.CouldBeStatus(start),
    };

    private bool TryStart(ReadOnlySpan<byte> line)
    {
        if (Role != HttpRole.Requests && HttpStartLine.IsStatusLine(line))
        {
            parser.SetRole(direction, HttpRole.Responses);
            return true;
        }

        if (Role != HttpRole.Responses && (HttpStartLine.IsRequestLine(line) || HttpStartLine.IsBareRequestLine(line)))
        {
            parser.SetRole(direction, HttpRole.Requests);
            return true;
        }

        return false;
    }

    private int Cut(ReadOnlySpan<byte> data, int length, in PacketStamp at)
    {
        // A first line that long is a message only when its beginning leaves no doubt.
        if (IsFirstLine && !HttpStartLine.HasStatusPrefix(data) && !HttpRecognition.IsKnownMethod(HttpStartLine.Method(data[..64])))
        {
            return NoStart(data, at);
        }

        if (IsFirstLine && Role == HttpRole.Unknown)
        {
            parser.SetRole(direction, HttpStartLine.HasStatusPrefix(data) ? HttpRole.Responses : HttpRole.Requests);
        }

        parser.Report(direction, AnomalyKind.HttpHeaderLimit, $"head cut at {length} bytes", at);
        _isLineEmpty = length == _lineStart;
        byte[] head = [.. _bareLine, .. data[..length]];
        ForgetHead();
        _cutHead = head;
        _state = HttpHalfState.CutHead;
        return length;
    }

    private void ForgetHead()
    {
        _scanned = _lineStart = _headers = 0;
        _cutHead = [];
        _bareLine = [];
    }

    /// <summary>No more of a head comes: tells what is there of it, when that much tells what the message is.</summary>
    public void OpenCutHead(ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        if (_state == HttpHalfState.CutHead)
        {
            Open(_cutHead, isCut: true, at);
            return;
        }

        TellBareLine(at);

        // Behind a gap only the start of a segment waits.
        if (_state is not (HttpHalfState.Head or HttpHalfState.Lost) || _isHolding || rest.IsEmpty || rest.Length < _lineStart || rest.Length > HttpHead.MaxLength)
        {
            return;
        }

        if (IsFirstLine)
        {
            rest = HttpRecognition.CutStartLine(rest);
            bool isStatus = HttpStartLine.HasStatusPrefix(rest);
            if (rest.IsEmpty || (Role != HttpRole.Unknown && isStatus != (Role == HttpRole.Responses)))
            {
                return;
            }

            parser.SetRole(direction, isStatus ? HttpRole.Responses : HttpRole.Requests);
        }

        Open([.. _bareLine, .. rest], isCut: true, at);
    }

    /// <summary>A head is there: opens its message and tells how its body ends.</summary>
    private void BeginBody(byte[] head, in PacketStamp at)
    {
        HttpAnswer answer = Open(head, isCut: false, at);
        HttpFraming framing = default;
        if (HttpHead.TryParse(head, out HttpHead view))
        {
            framing = HttpFraming.Of(view, Role == HttpRole.Requests ? HttpBodyKind.None : HttpBodyKind.UntilEnd);
        }

        if (framing.IsSmuggling)
        {
            parser.Report(direction, AnomalyKind.HttpSmuggling, "readers differ about the length of the body", at);
        }

        if (framing.HasBadLength)
        {
            parser.Report(direction, AnomalyKind.HttpContentLength, "Content-Length values differ or are no number", at);
        }

        HttpBodyKind kind = answer.HasBody && framing is not { Kind: HttpBodyKind.Length, Length: 0 } ? framing.Kind : HttpBodyKind.None;
        _remaining = framing.Length;
        _chunks = default;
        _state = kind switch
        {
            HttpBodyKind.Length => HttpHalfState.Body,
            HttpBodyKind.Chunked => HttpHalfState.Chunks,
            HttpBodyKind.UntilEnd => HttpHalfState.BodyUntilEnd,
            _ => HttpHalfState.Head,
        };
        if (kind == HttpBodyKind.None)
        {
            Finish(at);
        }
        else
        {
            _tap = parser.OpenBody(direction, _messages, view, at);
        }

        if (answer.HandsOver)
        {
            parser.HandOver(at);
        }
    }

    private HttpAnswer Open(byte[] head, bool isCut, in PacketStamp at)
    {
        // One that is still open ended without its end.
        GiveUp(at);
        _hasMessage = true;
        _ = HttpHead.TryParse(head, out HttpHead view);
        if (Role == HttpRole.Requests)
        {
            _messages++;
            _told = transactions?.OpenRequest(direction, head, _started, at);
            message.OpenRequest(head, parser.AddRequest(head, view, isCut, _told?.Transaction, at));
            return new HttpAnswer(0, [], HasBody: true, IsInterim: false, Upgrades: false, OpensTunnel: false, Transaction: null);
        }

        HttpAnswer answer = parser.Answer(view);
        OpenResponse(head, answer, at);
        return answer;
    }

    private void OpenResponse(byte[] head, in HttpAnswer answer, in PacketStamp at)
    {
        _messages++;
        message.OpenResponse(head, answer);
        if (transactions is not null && !answer.IsInterim)
        {
            _told = transactions.OpenResponse(answer.Transaction, direction, head, _started, at);
            HttpTransaction transaction = _told.Transaction;
            (transaction.Upgrades, transaction.OpensTunnel, transaction.Interim) = (answer.Upgrades, answer.OpensTunnel, parser.TakeInterim());
        }
    }
}
