using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Http2;

/// <summary>
/// HTTP/2 in the clear (RFC 9113, RFC 7541): by prior knowledge, or behind an upgrade of HTTP/1. Its requests and responses are told with the
/// records of HTTP, their heads written as HTTP/1 would write them with the version <c>HTTP/2</c>.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told.</param>
public sealed class Http2Parser(FlowIdentity flow, IRecordSink sink, ParserOptions options) : StreamParser(flow, sink)
{
    // Servers allow 100 to 250 at a time; beyond, the oldest is told as it is.
    private const int MaxStreams = 256;

    // More bodies at a time are kept only with their beginnings, so that a flow cannot hold many megabytes.
    private const int MaxWholeBodies = 8;
    private const int BeginningLength = 4096;

    private readonly List<Http2Stream> _streams = [];
    private readonly HttpTransactions? _transactions = options.EmitsTransactions ? new HttpTransactions(flow, sink) : null;
    private readonly ParserOptions _beginnings = options with
    {
        KeptRequestBody = Math.Min(options.KeptRequestBody, BeginningLength),
        KeptResponseBody = Math.Min(options.KeptResponseBody, BeginningLength),
    };

    private Http2Half[]? _halves;
    private Sides<bool> _isEnded;
    private Sides<uint> _told;
    private int _requests;

    private Http2Half[] Halves => _halves ??= [new Http2Half(this, Direction.FromOriginator), new Http2Half(this, Direction.FromResponder)];

    /// <summary>Whether a direction begins with the preface of HTTP/2, or with the settings of a server.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => Http2Recognition.Recognizes(data);

    /// <inheritdoc/>
    public override int Needed(Direction direction) => Halves[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        _transactions?.IsInsideTls = OuterProtocol == TlsParser.Name;
        return Halves[(int)direction].OnData(data, at);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at) => OnGap(direction, [], length, at);

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> rest, long length, in PacketStamp at) =>
        Halves[(int)direction].OnGap(rest.IsEmpty ? length : 0, at);

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        _isEnded[(int)direction] = true;
        if (!_isEnded[0] || !_isEnded[1])
        {
            return;
        }

        foreach (Http2Stream stream in _streams)
        {
            stream.GiveUp(at);
        }

        _streams.Clear();
    }

    /// <summary>A header block is there.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="id">The stream that it belongs to.</param>
    /// <param name="head">Its fields.</param>
    /// <param name="isPromise">True when it is the request of a promise.</param>
    /// <param name="started">The packet that brought its first byte.</param>
    /// <param name="at">The packet that completed it.</param>
    internal void TakeHead(Direction direction, int id, Http2HeadBuilder head, bool isPromise, in PacketStamp started, in PacketStamp at)
    {
        if (head.IsRequest)
        {
            Direction client = isPromise ? 1 - direction : direction;
            Http2Stream stream = Find(id) ?? Open(id, client, direction, at);
            stream.OpenRequest(head.BuildRequest(), ++_requests, isPromise, started, at);
        }
        else if (head.IsResponse)
        {
            Http2Stream stream = Find(id) ?? Open(id, 1 - direction, direction, at);
            stream.OpenResponse(head.BuildResponse(), head.Status, started, at);
        }
    }

    /// <summary>Bytes of a body are there.</summary>
    internal void Append(Direction direction, int id, ReadOnlySpan<byte> content, in PacketStamp at) => Find(id)?.Append(direction, content, at);

    /// <summary>Bytes of a body are missing.</summary>
    internal void Skip(Direction direction, int id, long length, in PacketStamp at) => Find(id)?.Skip(direction, length, at);

    /// <summary>Bytes are missing that may belong to any stream.</summary>
    internal void SkipAll(Direction direction, long length, in PacketStamp at)
    {
        foreach (Http2Stream stream in _streams)
        {
            stream.Skip(direction, length, at);
        }
    }

    /// <summary>A direction of a stream ended.</summary>
    internal void End(Direction direction, int id, in PacketStamp at)
    {
        if (Find(id) is not { } stream)
        {
            return;
        }

        stream.End(direction, isComplete: true, at);
        if (stream.IsOver)
        {
            _streams.Remove(stream);
        }
    }

    /// <summary>A stream was ended before its time.</summary>
    internal void Reset(int id, in PacketStamp at)
    {
        if (Find(id) is { } stream)
        {
            _streams.Remove(stream);
            stream.GiveUp(at);
        }
    }

    /// <summary>Tells what is wrong in a direction, each kind once: what is wrong goes on.</summary>
    internal void Report(Direction direction, AnomalyKind kind, string detail, in PacketStamp at)
    {
        uint bit = 1u << ((byte)kind & 31);
        if ((_told[(int)direction] & bit) == 0)
        {
            _told[(int)direction] |= bit;
            Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = detail });
        }
    }

    private Http2Stream? Find(int id)
    {
        for (int i = _streams.Count - 1; i >= 0; i--)
        {
            if (_streams[i].Id == id)
            {
                return _streams[i];
            }
        }

        return null;
    }

    private Http2Stream Open(int id, Direction client, Direction teller, in PacketStamp at)
    {
        if (_streams.Count == MaxStreams)
        {
            Report(teller, AnomalyKind.Http2Limit, $"more than {MaxStreams} streams at a time", at);
            Http2Stream oldest = _streams[0];
            _streams.RemoveAt(0);
            oldest.GiveUp(at);
        }

        ParserOptions kept = _streams.Count < MaxWholeBodies ? options : _beginnings;
        var stream = new Http2Stream(
            id, client, new HttpOpenMessage(Flow, Sink, client, kept), new HttpOpenMessage(Flow, Sink, 1 - client, kept), _transactions);
        _streams.Add(stream);
        return stream;
    }
}
