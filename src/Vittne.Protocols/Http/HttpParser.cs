using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>
/// HTTP/1 and HTTP/0.9 in both directions (RFC 9110, 9112): pipelining, chunked and content coding, gaps, tunnels and upgrades.
/// Which side sends requests is told by content.
/// </summary>
public sealed class HttpParser : StreamParser
{
    /// <summary>What follows a CONNECT waits for the answer; so many bytes without one and the tunnel is taken to stand.</summary>
    internal const int MaxHeldBytes = 64 << 10;

    private readonly HttpHalf[] _halves;
    private readonly HttpPendingRequests _pending = new();
    private int _requests;
    private bool _isPairingDoubtful;

    /// <summary>Makes the parser of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="sink">Where records go.</param>
    public HttpParser(FlowIdentity flow, IRecordSink sink)
        : base(flow, sink)
    {
        _halves =
        [
            new HttpHalf(this, Direction.FromOriginator, new HttpOpenMessage(flow, sink, Direction.FromOriginator)),
            new HttpHalf(this, Direction.FromResponder, new HttpOpenMessage(flow, sink, Direction.FromResponder)),
        ];
    }

    /// <summary>True while a CONNECT is not answered.</summary>
    internal bool AwaitsTunnel { get; private set; }

    /// <summary>True while a request that offers another protocol is not answered.</summary>
    internal bool AwaitsUpgrade => _pending.TryPeek(out HttpPendingRequest request) && request.HasUpgrade;

    /// <summary>True when the next response is one of HTTP/0.9: a body alone.</summary>
    internal bool AwaitsSimpleAnswer => _pending.TryPeek(out HttpPendingRequest request) && request.IsSimple;

    /// <summary>Whether a direction begins with an HTTP/1 request or response. Strict enough that SIP and RTSP are not taken for it.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => HttpRecognition.Recognizes(data);

    /// <inheritdoc/>
    public override int Needed(Direction direction) => HandsOver ? 1 : _halves[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at) =>
        HandsOver ? 0 : _halves[(int)direction].OnData(data, at);

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        if (AwaitsTunnel)
        {
            // The answer is among the missing bytes, or the tunnel's own bytes are.
            HandOver(at);
            return;
        }

        _halves[(int)direction].OnGap(length, at);
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at) => _halves[(int)direction].OnEnd(rest, at);

    /// <summary>A direction showed what it sends: the other one sends the rest.</summary>
    internal void SetRole(Direction direction, HttpRole role)
    {
        _halves[(int)direction].Role = role;
        HttpHalf other = _halves[1 - (int)direction];
        if (other.Role == HttpRole.Unknown)
        {
            other.Role = role == HttpRole.Requests ? HttpRole.Responses : HttpRole.Requests;
        }
    }

    /// <summary>Messages were lost: which response answers which request is no longer certain, so only the newest request is paired.</summary>
    internal void DoubtPairing() => _isPairingDoubtful = true;

    /// <summary>A request's head is there.</summary>
    /// <returns>Its number in the flow, from 1.</returns>
    internal int AddRequest(byte[] head, HttpHead view)
    {
        if (_isPairingDoubtful)
        {
            _pending.Clear();
        }

        ReadOnlySpan<byte> method = view.Method;
        bool isConnect = Ascii.EqualsIgnoreCase(method, "CONNECT"u8);
        _pending.Add(new HttpPendingRequest(
            ++_requests,
            head,
            IsHead: Ascii.EqualsIgnoreCase(method, "HEAD"u8),
            isConnect,
            HasUpgrade: view.TryGetHeader("Upgrade"u8, out _),
            IsSimple: view.Version.IsEmpty));
        AwaitsTunnel = isConnect;
        return _requests;
    }

    /// <summary>A response's head is there: pairs it with its request (RFC 9112 section 9.3.2).</summary>
    internal HttpAnswer Answer(HttpHead view)
    {
        int status = view.Status;
        bool isKnown = _pending.TryPeek(out HttpPendingRequest request);
        bool switches = status == 101 && (isKnown ? request.HasUpgrade : view.TryGetHeader("Upgrade"u8, out _));
        bool isInterim = status is >= 100 and < 200 && !switches;
        bool opensTunnel = isKnown && request.IsConnect && status is >= 200 and < 300;
        if (!isInterim)
        {
            _ = _pending.TryTake(out request);
            AwaitsTunnel &= !request.IsConnect;
        }

        bool hasBody = !isInterim && !switches && !opensTunnel && !request.IsHead && status is not (204 or 304);
        return new HttpAnswer(request.Depth, request.Head ?? [], hasBody, switches || opensTunnel);
    }

    /// <summary>The answer to an HTTP/0.9 request begins.</summary>
    internal HttpAnswer AnswerSimple()
    {
        _ = _pending.TryTake(out HttpPendingRequest request);
        return new HttpAnswer(request.Depth, request.Head ?? [], HasBody: true, HandsOver: false);
    }

    /// <summary>Another protocol follows in both directions.</summary>
    internal void HandOver(in PacketStamp at)
    {
        HandsOver = true;
        AwaitsTunnel = false;
        foreach (HttpHalf half in _halves)
        {
            half.Flush(at);
        }
    }

    /// <summary>Tells what is wrong with bytes of a direction.</summary>
    internal void Report(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = detail });
}
