using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <summary>A request and its response as far as they came.</summary>
/// <param name="depth">Its number in the flow, from 1.</param>
/// <param name="client">Who sends the request.</param>
internal sealed class HttpTransaction(int depth, Direction client)
{
    /// <summary>Its number in the flow, from 1.</summary>
    public int Depth { get; } = depth;

    /// <summary>Who sends the request.</summary>
    public Direction Client { get; } = client;

    /// <summary>The request; null when it was not seen.</summary>
    public HttpTransactionMessage? Request { get; set; }

    /// <summary>The final response; null when none came.</summary>
    public HttpTransactionMessage? Response { get; set; }

    /// <summary>Status codes of the responses before the final one.</summary>
    public long[] Interim { get; set; } = [];

    /// <summary>True when a tunnel follows.</summary>
    public bool OpensTunnel { get; set; }

    /// <summary>True when another protocol follows by upgrade.</summary>
    public bool Upgrades { get; set; }

    /// <summary>True when no response will come.</summary>
    public bool IsUnanswered { get; set; }
}
