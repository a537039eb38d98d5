namespace Vittne.Protocols.Http;

/// <summary>What the request says about its response.</summary>
/// <param name="Depth">Number of the request; 0 when it was not seen.</param>
/// <param name="RequestHead">Its head; empty when it is not known.</param>
/// <param name="HasBody">False when the response cannot have a body (RFC 9112 section 6.3).</param>
/// <param name="HandsOver">True when another protocol follows.</param>
internal readonly record struct HttpAnswer(int Depth, byte[] RequestHead, bool HasBody, bool HandsOver);
