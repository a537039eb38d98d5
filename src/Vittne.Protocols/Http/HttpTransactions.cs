using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>Puts the messages of a flow together to transactions and tells each when it is over.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where the records go.</param>
internal sealed class HttpTransactions(FlowIdentity flow, IRecordSink sink)
{
    private FlowIdentity? _turned;
    private int _count;

    /// <summary>True when the stream is the content of TLS.</summary>
    public bool IsInsideTls { get; set; }

    /// <summary>A request's head is there.</summary>
    /// <param name="client">Who sends it.</param>
    /// <param name="head">The head.</param>
    /// <param name="started">The packet that brought its first byte.</param>
    /// <param name="at">The packet that completed it.</param>
    public HttpTransactionMessage OpenRequest(Direction client, byte[] head, in PacketStamp started, in PacketStamp at)
    {
        var transaction = new HttpTransaction(++_count, client);
        transaction.Request = new HttpTransactionMessage(transaction, head, started, at);
        return transaction.Request;
    }

    /// <summary>A final response's head is there.</summary>
    /// <param name="transaction">What it answers; null when the request was not seen.</param>
    /// <param name="server">Who sends it.</param>
    /// <param name="head">The head.</param>
    /// <param name="started">The packet that brought its first byte.</param>
    /// <param name="at">The packet that completed it.</param>
    public HttpTransactionMessage OpenResponse(HttpTransaction? transaction, Direction server, byte[] head, in PacketStamp started, in PacketStamp at)
    {
        transaction ??= new HttpTransaction(++_count, 1 - server);
        transaction.Response = new HttpTransactionMessage(transaction, head, started, at);
        return transaction.Response;
    }

    /// <summary>A message ended; with both of them the transaction is over.</summary>
    public void End(HttpTransactionMessage message, bool isComplete, in PacketStamp at)
    {
        message.End(isComplete, at);
        TellIfOver(message.Transaction, at);
    }

    /// <summary>No response will come: the transaction is over with its request.</summary>
    public void GiveUp(HttpTransaction transaction, in PacketStamp at)
    {
        transaction.IsUnanswered = true;
        TellIfOver(transaction, at);
    }

    private void TellIfOver(HttpTransaction transaction, in PacketStamp at)
    {
        HttpTransactionMessage? request = transaction.Request;
        HttpTransactionMessage? response = transaction.Response;
        if (request is { IsEnded: false } || (!transaction.IsUnanswered && response is not { IsEnded: true }))
        {
            return;
        }

        bool isTurned = transaction.Client != Direction.FromOriginator && !flow.IsOriginatorKnown;
        sink.Add(new HttpTransactionRecord
        {
            Flow = isTurned ? _turned ??= flow.Turned() : flow,
            At = at,
            FirstPacket = First(request ?? response!, at),
            Direction = isTurned ? Direction.FromOriginator : transaction.Client,
            Depth = transaction.Depth,
            RequestHead = request?.Head ?? [],
            ResponseHead = response?.Head ?? [],
            Interim = transaction.Interim,
            HasResponse = response is not null,
            RequestBody = request?.Body ?? default,
            ResponseBody = response?.Body ?? default,
            IsResponseComplete = response is { IsComplete: true },
            RequestPacket = request?.At.Number ?? 0,
            ResponsePacket = response?.At.Number ?? 0,
            LatencyNs = request is { IsComplete: true } && response is not null && response.Started.TimestampNs >= request.EndedNs
                ? response.Started.TimestampNs - request.EndedNs
                : null,
            IsInsideTls = IsInsideTls,
            OpensTunnel = transaction.OpensTunnel,
            Upgrades = transaction.Upgrades,
        });
    }

    // Packets are numbered in each capture anew: one of another capture would mislead.
    private static long First(HttpTransactionMessage message, in PacketStamp at) =>
        message.Started.Capture == at.Capture && message.Started.Number != at.Number ? message.Started.Number : 0;
}
