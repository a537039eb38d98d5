using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <summary>One message of a transaction that is not told yet.</summary>
/// <param name="transaction">What it belongs to.</param>
/// <param name="head">Its head.</param>
/// <param name="started">The packet that brought its first byte.</param>
/// <param name="at">The packet that completed its head.</param>
internal sealed class HttpTransactionMessage(HttpTransaction transaction, byte[] head, PacketStamp started, PacketStamp at)
{
    private readonly HttpBodyMeter _body = new(head);

    /// <summary>What it belongs to.</summary>
    public HttpTransaction Transaction { get; } = transaction;

    /// <summary>Its head; empty in a response of HTTP/0.9.</summary>
    public byte[] Head { get; } = head;

    /// <summary>The packet that brought its first byte.</summary>
    public PacketStamp Started { get; } = started;

    /// <summary>The packet that completed its head.</summary>
    public PacketStamp At { get; } = at;

    /// <summary>When it ended, nanoseconds since the epoch.</summary>
    public long EndedNs { get; private set; }

    /// <summary>True when nothing more of it comes.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>True when it ended as it should and none of it is missing.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Its body, when it ended.</summary>
    public HttpBodySummary Body { get; private set; }

    /// <summary>Takes bytes of its body.</summary>
    public void Append(ReadOnlySpan<byte> content) => _body.Append(content);

    /// <summary>Steps over bytes of its body that are missing.</summary>
    public void Skip(long length) => _body.Skip(length);

    /// <summary>Ends it, once.</summary>
    public void End(bool isComplete, in PacketStamp ended)
    {
        if (!IsEnded)
        {
            IsEnded = true;
            IsComplete = isComplete && !_body.HasMissing;
            EndedNs = ended.TimestampNs;
            Body = _body.Finish(isComplete);
        }
    }
}
