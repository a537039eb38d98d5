namespace Vittne.Protocols.Http;

/// <summary>A request that waits for its response: what the response's record and the length of its body depend on.</summary>
/// <param name="Depth">Number of the request in its flow, from 1.</param>
/// <param name="Head">Its head.</param>
/// <param name="IsHead">HEAD: the response has no body.</param>
/// <param name="IsConnect">CONNECT: a tunnel begins behind a 2xx response.</param>
/// <param name="HasUpgrade">Another protocol begins behind a 101 response.</param>
/// <param name="IsSimple">HTTP/0.9: the response is a body alone.</param>
internal readonly record struct HttpPendingRequest(int Depth, byte[] Head, bool IsHead, bool IsConnect, bool HasUpgrade, bool IsSimple)
{
    /// <summary>What it begins; null when transactions are not told.</summary>
    public HttpTransaction? Transaction { get; init; }
}
