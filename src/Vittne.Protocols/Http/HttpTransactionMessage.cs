using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <summary>One message of a transaction that is not told yet.</summary>
/// <param name="transaction">What it belongs to.</param>
/// <param name="head">Its head.</param>
/// <param name="startedNs">When its first byte came.</param>
/// <param name="packet">Number of the packet that completed its head.</param>
internal sealed class HttpTransactionMessage(HttpTransaction transaction, byte[] head, long startedNs, long packet)
{
    private readonly HttpBodyMeter _body = new(head);

    /// <summary>What it belongs to.</summary>
    public HttpTransaction Transaction { get; } = transaction;

    /// <summary>Its head; empty in a response of HTTP/0.9.</summary>
    public byte[] Head { get; } = head;

    /// <summary>When its first byte came, nanoseconds since the epoch.</summary>
    public long StartedNs { get; } = startedNs;

    /// <summary>Number of the packet that completed its head.</summary>
    public long Packet { get; } = packet;

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
    public void End(bool isComplete, in PacketStamp at)
    {
        if (!IsEnded)
        {
            IsEnded = true;
            IsComplete = isComplete && !_body.HasMissing;
            EndedNs = at.TimestampNs;
            Body = _body.Finish(isComplete);
        }
    }
}
