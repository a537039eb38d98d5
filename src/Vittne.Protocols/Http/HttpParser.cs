using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Http;

/// <summary>
/// HTTP/1 and HTTP/0.9 in both directions (RFC 9110, 9112): pipelining, chunked and content coding, gaps, tunnels and upgrades.
/// Which side sends requests is told by content.
/// </summary>
public sealed class HttpParser : StreamParser
{
    /// <summary>What follows a CONNECT waits for the answer; so many bytes without one and the tunnel is taken to stand.</summary>
    internal const int MaxHeldBytes = 64 << 10;

    // One or two are usual.
    private const int MaxInterim = 64;

    private readonly HttpHalf[] _halves;
    private readonly HttpPendingRequests _pending = new();
    private readonly HttpTransactions? _transactions;
    private readonly HttpBodyOpener? _opensBody;
    private List<long>? _interim;
    private int _requests;
    private bool _isPairingDoubtful;

    /// <summary>Makes the parser of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="sink">Where records go.</param>
    /// <param name="options">What is told.</param>
    public HttpParser(FlowIdentity flow, IRecordSink sink, ParserOptions options)
        : base(flow, sink)
    {
        ArgumentNullException.ThrowIfNull(options);
        _opensBody = options.OpensBody;
        _transactions = options.EmitsTransactions ? new HttpTransactions(flow, sink) : null;
        _halves =
        [
            new HttpHalf(this, Direction.FromOriginator, new HttpOpenMessage(flow, sink, Direction.FromOriginator, options), _transactions),
            new HttpHalf(this, Direction.FromResponder, new HttpOpenMessage(flow, sink, Direction.FromResponder, options), _transactions),
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

    /// <summary>Whether a direction that ends, or has a gap, behind these bytes begins with an HTTP/1 message.</summary>
    public static bool RecognizesCut(ReadOnlySpan<byte> data) => HttpRecognition.RecognizesCut(data);

    /// <inheritdoc/>
    public override int Needed(Direction direction) => HandsOver ? 1 : _halves[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        _transactions?.IsInsideTls = OuterProtocol == TlsParser.Name;
        _halves[1 - (int)direction].TellBareLine(at);
        return HandsOver ? 0 : _halves[(int)direction].OnData(data, at);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at) => OnGap(direction, [], length, at);

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> rest, long length, in PacketStamp at)
    {
        if (AwaitsTunnel)
        {
            // The answer is among the missing bytes, or the tunnel's own bytes are.
            _halves[(int)direction].OpenCutHead(rest, at);
            HandOver(at);
            return;
        }

        _halves[(int)direction].OnGap(rest, length, at);
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        HttpHalf half = _halves[(int)direction];
        half.OnEnd(rest, at);
        if ((half.Role == HttpRole.Responses ? half : _halves[1 - (int)direction]) is { Role: HttpRole.Responses, IsEnded: true })
        {
            GiveUpRequests(at);
        }
    }

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
    /// <param name="head">The head.</param>
    /// <param name="view">The same, opened.</param>
    /// <param name="isCut">True when it is only the beginning of a head.</param>
    /// <param name="transaction">What it begins; null when transactions are not told.</param>
    /// <param name="at">The packet that completed it.</param>
    /// <returns>Its number in the flow, from 1.</returns>
    internal int AddRequest(byte[] head, HttpHead view, bool isCut, HttpTransaction? transaction, in PacketStamp at)
    {
        // A response that is on its way cannot answer what comes behind it.
        if (_isPairingDoubtful && !Array.Exists(_halves, static half => half is { Role: HttpRole.Responses, IsInHead: true }))
        {
            GiveUpRequests(at);
        }

        ReadOnlySpan<byte> method = view.Method;
        bool isConnect = Ascii.EqualsIgnoreCase(method, "CONNECT"u8);
        _pending.Add(new HttpPendingRequest(
            ++_requests,
            head,
            IsHead: Ascii.EqualsIgnoreCase(method, "HEAD"u8),
            isConnect,
            HasUpgrade: view.TryGetHeader("Upgrade"u8, out _),
            IsSimple: !isCut && view.Version.IsEmpty && !view.Headers.GetEnumerator().MoveNext())
        {
            Transaction = transaction,
        });
        while (_pending.TryForget(out HttpPendingRequest forgotten))
        {
            TellUnanswered(forgotten, at);
        }

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
        if (isInterim)
        {
            KeepInterim(status);
        }

        return new HttpAnswer(request.Depth, request.Head ?? [], hasBody, isInterim, switches, opensTunnel, request.Transaction);
    }

    /// <summary>A body begins: who takes it, if anybody does.</summary>
    internal HttpBodyTap? OpenBody(Direction direction, int number, HttpHead head, in PacketStamp at) =>
        _opensBody?.Invoke(direction, number, head, at) is { } target ? new HttpBodyTap(target, head) : null;

    /// <summary>The answer to an HTTP/0.9 request begins.</summary>
    internal HttpAnswer AnswerSimple()
    {
        _ = _pending.TryTake(out HttpPendingRequest request);
        return new HttpAnswer(request.Depth, request.Head ?? [], HasBody: true, IsInterim: false, Upgrades: false, OpensTunnel: false, request.Transaction);
    }

    /// <summary>The interim responses since the last final one; they belong to the next.</summary>
    internal long[] TakeInterim()
    {
        long[] interim = _interim is { Count: > 0 } ? [.. _interim] : [];
        _interim?.Clear();
        return interim;
    }

    /// <summary>Another protocol follows in both directions.</summary>
    internal void HandOver(in PacketStamp at)
    {
        HandsOver = true;
        AwaitsTunnel = false;
        foreach (HttpHalf half in _halves)
        {
            half.GiveUp(at);
        }

        GiveUpRequests(at);
    }

    /// <summary>Tells what is wrong with bytes of a direction.</summary>
    internal void Report(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    private void GiveUpRequests(in PacketStamp at)
    {
        while (_pending.TryGiveUp(out HttpPendingRequest request))
        {
            TellUnanswered(request, at);
        }
    }

    private void TellUnanswered(in HttpPendingRequest request, in PacketStamp at)
    {
        if (request.Transaction is { } transaction)
        {
            transaction.OpensTunnel = HandsOver && request.IsConnect;
            transaction.Interim = TakeInterim();
            _transactions!.GiveUp(transaction, at);
        }
    }

    private void KeepInterim(int status)
    {
        if (_transactions is not null && (_interim ??= []).Count < MaxInterim)
        {
            _interim.Add(status);
        }
    }
}
