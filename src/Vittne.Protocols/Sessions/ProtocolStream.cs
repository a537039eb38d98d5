using Vittne.Flows.Reassembly;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Sessions;

/// <summary>
/// Reads one TCP stream: recognises its protocol by content on any port, feeds the parser, keeps what it did not consume, and recognises
/// anew when the parser hands over (CONNECT, STARTTLS, upgrades).
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="counters">Counts of the worker.</param>
/// <param name="options">What the verb wants told.</param>
/// <param name="isLate">True when the stream was given up before and now begins a message: something else came first.</param>
public sealed class ProtocolStream(FlowIdentity flow, IRecordSink sink, ProtocolCounters counters, ParserOptions options, bool isLate = false) : StreamConsumer
{
    /// <summary>Most bytes that wait for a parser; above it the parser is taken to be stuck.</summary>
    public const int MaxWaitingBytes = 320 << 10;

    // TLS in a tunnel in TLS is real; each layer shrinks what is in it by little, so that hostile data could nest without end.
    private const int MaxDepth = 3;

    // A protocol whose first bytes leave it open (lines before an SSH banner) gets so many before the answer is no.
    private const int MaxRecognitionBytes = 4096;

    // One side unknown and the other silent for so long: nobody will recognise this stream.
    private const int MaxOneSidedBytes = 64 << 10;

    // A proxy behind a proxy behind a proxy; each step reads anew what waits, so a stream made of nothing else would take the square of its length.
    private const int MaxHandOvers = 8;

    private Sides<CarryBuffer> _carry;
    private Sides<bool> _isHopeless;
    private Sides<bool> _isEnded;
    private StreamParser? _parser;
    private string _protocol = "";
    private string _outer = "";
    private int _hopelessBytes;
    private int _handOvers;
    private bool _isOff;
    private byte _depth;

    /// <inheritdoc/>
    public override bool IsUnrecognised => !_isOff && _parser is null
        && ((_isHopeless[0] && _isHopeless[1]) || ((_isHopeless[0] || _isHopeless[1]) && _hopelessBytes > MaxOneSidedBytes));

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) =>
        _isOff || (_parser is null ? IsUnrecognised : _parser.IsDone(direction) && _parser.IsDone(1 - direction));

    /// <summary>Opens a session for the stream that a parser found inside this one, by decrypting it; null when streams are nested too deep.</summary>
    internal ProtocolStream? OpenInner() =>
        _depth < MaxDepth ? new ProtocolStream(flow, sink, counters, options) { _depth = (byte)(_depth + 1), _outer = _protocol } : null;

    /// <inheritdoc/>
    public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        try
        {
            if (_parser is null)
            {
                Recognise(direction, data, at);
            }
            else
            {
                Feed(direction, data, at);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SwitchOff(direction, e, at);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        try
        {
            RecogniseCut(direction, at);
            if (_parser is null)
            {
                // What follows starts at a segment border: a new chance.
                _isHopeless[(int)direction] = false;
            }
            else if (!_isOff)
            {
                _parser.OnGap(direction, carry.Bytes, length, at);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SwitchOff(direction, e, at);
        }

        carry.Clear();
    }

    /// <inheritdoc/>
    public override void OnAnomaly(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        sink.Add(new AnomalyRecord { Flow = flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        try
        {
            RecogniseCut(direction, at);
            if (_parser is not null && !_isOff && !_isEnded[(int)direction])
            {
                _isEnded[(int)direction] = true;
                _parser.OnEnd(direction, carry.Bytes, at);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SwitchOff(direction, e, at);
        }

        carry.Clear();
    }

    private void Recognise(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int side = (int)direction;
        ref CarryBuffer carry = ref _carry[side];
        if ((_isHopeless[side] || carry.Length > 0) && ProtocolRegistry.BeginsMessage(data) && !ContinuesMessage(direction, data))
        {
            // What came before was another protocol (SOCKS, POP3 before STLS): this segment begins one that is known.
            _isHopeless[side] = false;
            _hopelessBytes += carry.Length;
            carry.Clear();
        }
        else if (_isHopeless[side])
        {
            _hopelessBytes += data.Length;
            return;
        }

        ReadOnlySpan<byte> start = data;
        if (carry.Length > 0)
        {
            carry.Append(data);
            start = carry.Bytes;
        }

        Recognition verdict = Ask(direction, start, out StreamProtocol? protocol);
        switch (verdict)
        {
            case Recognition.Yes:
                if (carry.Length == 0)
                {
                    carry.Append(data);
                }

                Begin(protocol!, direction, at);
                break;

            case Recognition.NeedMore when start.Length <= MaxRecognitionBytes:
                if (carry.Length == 0)
                {
                    carry.Append(data);
                }

                break;

            default:
                _isHopeless[side] = true;
                _hopelessBytes += start.Length;
                carry.Clear();
                break;
        }
    }

    private Recognition Ask(Direction direction, ReadOnlySpan<byte> start, out StreamProtocol? protocol)
    {
        (ushort source, ushort destination) = direction == Direction.FromOriginator
            ? (flow.SourcePort, flow.DestinationPort)
            : (flow.DestinationPort, flow.SourcePort);
        return ProtocolRegistry.RecogniseStream(start, source, destination, out protocol);
    }

    /// <summary>True when a segment that looks like a message only does so because the first bytes of it came before: "GE", then "T / HTTP/1.1".</summary>
    private bool ContinuesMessage(Direction direction, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> waiting = _carry[(int)direction].Bytes;
        return !_isHopeless[(int)direction]
            && !waiting.IsEmpty
            && Ask(direction, [.. waiting, .. data], out _) == Recognition.Yes;
    }

    /// <summary>No more will come behind what waits for a verdict: a protocol that reads beginnings may take it.</summary>
    private void RecogniseCut(Direction direction, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        if (_parser is null && !_isOff && carry.Length > 0 && ProtocolRegistry.RecogniseCut(carry.Bytes) is { } protocol)
        {
            Begin(protocol, direction, at);
        }
    }

    private void Begin(StreamProtocol protocol, Direction direction, in PacketStamp at)
    {
        counters.Recognised++;
        _parser = protocol.Create(flow, sink, options);
        _parser.Session = this;
        _parser.OuterProtocol = _outer.Length == 0 && IsInside(protocol, direction) ? OuterProtocols.OfPort(flow.DestinationPort) : _outer;
        _protocol = protocol.Name;

        // The other side's bytes came first.
        FeedCarried(1 - direction, at);
        FeedCarried(direction, at);
    }

    /// <summary>Whether bytes of something else came before a protocol.</summary>
    private bool IsInside(StreamProtocol protocol, Direction direction)
    {
        ReadOnlySpan<byte> other = _carry[1 - (int)direction].Bytes;
        return isLate || _hopelessBytes > 0
            || (!other.IsEmpty && protocol.Recognizes(other, flow.SourcePort, flow.DestinationPort) == Recognition.No);
    }

    private void FeedCarried(Direction direction, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        if (carry.Length > 0 && _parser is not null)
        {
            int consumed = Give(direction, carry.Bytes, at);
            carry.Consume(consumed);
            AfterCall(direction, at);
        }
    }

    private void Feed(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_parser!.IsDone(direction))
        {
            return;
        }

        ref CarryBuffer carry = ref _carry[(int)direction];
        if (carry.Length == 0)
        {
            if (data.Length >= _parser.Needed(direction))
            {
                data = data[Give(direction, data, at)..];
            }

            if (!data.IsEmpty)
            {
                carry.Append(data);
            }

            AfterCall(direction, at);
            return;
        }

        carry.Append(data);
        if (carry.Length >= _parser.Needed(direction))
        {
            carry.Consume(Give(direction, carry.Bytes, at));
            AfterCall(direction, at);
        }
        else if (carry.Length > MaxWaitingBytes)
        {
            counters.StuckParsers++;
            _isOff = true;
            ClearAll();
        }
    }

    private int Give(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at) =>
        Math.Clamp(_parser!.OnData(direction, data, at), 0, data.Length);

    private void AfterCall(Direction direction, in PacketStamp at)
    {
        if (_parser!.HandsOver)
        {
            if (++_handOvers > MaxHandOvers)
            {
                counters.StuckParsers++;
                _isOff = true;
                ClearAll();
                return;
            }

            _parser = null;
            _outer = _protocol;
            _isHopeless = default;
            _hopelessBytes = 0;
            Rerecognise(1 - direction, at);
            Rerecognise(direction, at);
        }
        else if (_parser.IsDone(Direction.FromOriginator) && _parser.IsDone(Direction.FromResponder))
        {
            ClearAll();
        }
        else if (_carry[(int)direction].Length > MaxWaitingBytes)
        {
            counters.StuckParsers++;
            _isOff = true;
            ClearAll();
        }
    }

    private void Rerecognise(Direction direction, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        if (carry.Length > 0)
        {
            byte[] waiting = carry.Bytes.ToArray();
            carry.Clear();
            OnData(direction, waiting, at);
        }
    }

    private void SwitchOff(Direction direction, Exception e, in PacketStamp at)
    {
        counters.ParserExceptions++;
        _isOff = true;
        ClearAll();
        sink.Add(new AnomalyRecord
        {
            Flow = flow,
            At = at,
            Direction = direction,
            Kind = AnomalyKind.ParserException,
            Detail = $"{_parser?.GetType().Name}: {e.GetType().Name}",
        });
    }

    private void ClearAll()
    {
        _carry[0].Clear();
        _carry[1].Clear();
    }
}
