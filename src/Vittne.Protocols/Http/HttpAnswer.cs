namespace Vittne.Protocols.Http;

/// <summary>What the request says about its response.</summary>
/// <param name="Depth">Number of the request; 0 when it was not seen.</param>
/// <param name="RequestHead">Its head; empty when it is not known.</param>
/// <param name="HasBody">False when the response cannot have a body (RFC 9112 section 6.3).</param>
/// <param name="IsInterim">True when the final response is still to come.</param>
/// <param name="Upgrades">True when another protocol follows.</param>
/// <param name="OpensTunnel">True when a tunnel follows.</param>
/// <param name="Transaction">What it belongs to; null when that is not known or transactions are not told.</param>
internal readonly record struct HttpAnswer(
    int Depth, byte[] RequestHead, bool HasBody, bool IsInterim, bool Upgrades, bool OpensTunnel, HttpTransaction? Transaction)
{
    /// <summary>True when another protocol follows in either way.</summary>
    public bool HandsOver => Upgrades || OpensTunnel;
}
