using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>
/// One request with its response (RFC 9110 section 3.4): emitted when both ended, or when the flow shows that no response comes.
/// The direction is that of the request. Names and values are bytes of the heads, read through <see cref="HttpHead"/>.
/// </summary>
public sealed record HttpTransactionRecord : Record
{
    /// <summary>Number of the transaction in its flow, from 1.</summary>
    public required int Depth { get; init; }

    /// <summary>Request line and header lines as sent; empty when the request was not seen.</summary>
    public required byte[] RequestHead { get; init; }

    /// <summary>Status line and header lines as sent; empty without a response, or with one of HTTP/0.9.</summary>
    public required byte[] ResponseHead { get; init; }

    /// <summary>Status codes of the interim responses (1xx) before the final one.</summary>
    public required long[] Interim { get; init; }

    /// <summary>True when a final response came.</summary>
    public required bool HasResponse { get; init; }

    /// <summary>What the request carried.</summary>
    public required HttpBodySummary RequestBody { get; init; }

    /// <summary>What the response carried.</summary>
    public required HttpBodySummary ResponseBody { get; init; }

    /// <summary>True when the response ended inside the capture and none of it is missing.</summary>
    public required bool IsResponseComplete { get; init; }

    /// <summary>Number of the packet that completed the request's head; 0 without a request.</summary>
    public required long RequestPacket { get; init; }

    /// <summary>Number of the packet that completed the response's head; 0 without a response.</summary>
    public required long ResponsePacket { get; init; }

    /// <summary>From the last byte of the request to the first of the response in nanoseconds; null when one of them is not known.</summary>
    public required long? LatencyNs { get; init; }

    /// <summary>True when it was encrypted by TLS, and opened with recorded secrets.</summary>
    public bool IsInsideTls { get; init; }

    /// <summary>True when a tunnel follows (CONNECT).</summary>
    public required bool OpensTunnel { get; init; }

    /// <summary>True when another protocol follows (101).</summary>
    public required bool Upgrades { get; init; }
}
