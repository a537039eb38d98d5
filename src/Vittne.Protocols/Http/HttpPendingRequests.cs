namespace Vittne.Protocols.Http;

/// <summary>
/// Requests without response yet, oldest first (RFC 9112 section 9.3.2). Bounded, since the other direction may be missing in the
/// capture: of the oldest only their number stays known, so that pairing remains right.
/// </summary>
internal sealed class HttpPendingRequests
{
    private const int MaxCount = 256;
    private const int MaxHeadBytes = 512 << 10;

    private readonly Queue<HttpPendingRequest> _requests = new();
    private int _headBytes;
    private int _forgotten;
    private int _answered;

    /// <summary>The oldest request that is known, when its turn has come.</summary>
    public bool TryPeek(out HttpPendingRequest request)
    {
        request = default;
        return _forgotten == 0 && _requests.TryPeek(out request);
    }

    /// <summary>Adds the newest request.</summary>
    public void Add(HttpPendingRequest request)
    {
        _requests.Enqueue(request);
        _headBytes += request.Head.Length;
    }

    /// <summary>Takes the oldest request out when there are too many: of it only the number stays known.</summary>
    public bool TryForget(out HttpPendingRequest request)
    {
        request = default;
        if (_requests.Count <= 1 || (_requests.Count <= MaxCount && _headBytes <= MaxHeadBytes))
        {
            return false;
        }

        request = _requests.Dequeue();
        _headBytes -= request.Head.Length;
        _forgotten++;
        return true;
    }

    /// <summary>Takes the oldest request out because it will not be answered.</summary>
    public bool TryGiveUp(out HttpPendingRequest request)
    {
        _forgotten = 0;
        if (_requests.TryDequeue(out request))
        {
            _headBytes -= request.Head.Length;
            return true;
        }

        return false;
    }

    /// <summary>The oldest request got its response.</summary>
    /// <param name="request">The request; only its number when it was forgotten.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out HttpPendingRequest request)
    {
        if (_forgotten > 0)
        {
            _forgotten--;
            request = new HttpPendingRequest(++_answered, [], false, false, false, false);
            return true;
        }

        if (!_requests.TryDequeue(out request))
        {
            return false;
        }

        _headBytes -= request.Head.Length;
        _answered = request.Depth;
        return true;
    }
}
