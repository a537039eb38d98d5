using Vittne.Packets;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Http2;

/// <summary>A request and its response on their stream (RFC 9113 section 5), as far as they came.</summary>
/// <param name="id">Number of the stream.</param>
/// <param name="client">Who sends the request.</param>
/// <param name="request">Takes the request for its record.</param>
/// <param name="response">Takes the response for its record.</param>
/// <param name="transactions">Puts both together; null when transactions are not told.</param>
internal sealed class Http2Stream(int id, Direction client, HttpOpenMessage request, HttpOpenMessage response, HttpTransactions? transactions)
{
    // One or two are usual.
    private const int MaxInterim = 64;

    private byte[] _requestHead = [];
    private int _depth;
    private bool _hasRequest;
    private bool _hasResponse;
    private bool _isRequestEnded;
    private bool _isResponseEnded;
    private HttpTransaction? _transaction;
    private HttpTransactionMessage? _toldRequest;
    private HttpTransactionMessage? _toldResponse;
    private List<long>? _interim;

    /// <summary>Number of the stream.</summary>
    public int Id { get; } = id;

    /// <summary>True when nothing more comes of it.</summary>
    public bool IsOver => _isRequestEnded && _isResponseEnded;

    /// <summary>The head of the request is there.</summary>
    /// <param name="head">The head.</param>
    /// <param name="depth">Its number in the flow, from 1.</param>
    /// <param name="isPromised">True when the server tells it: nobody sent it.</param>
    /// <param name="started">The packet that brought its first byte.</param>
    /// <param name="at">The packet that completed it.</param>
    public void OpenRequest(byte[] head, int depth, bool isPromised, in PacketStamp started, in PacketStamp at)
    {
        if (_hasRequest)
        {
            return;
        }

        _hasRequest = true;
        (_requestHead, _depth) = (head, depth);
        _toldRequest = transactions?.OpenRequest(client, head, started, at);
        _transaction = _toldRequest?.Transaction;
        if (isPromised)
        {
            End(client, isComplete: true, at);
        }
        else
        {
            request.OpenRequest(head, depth);
        }
    }

    /// <summary>The head of a response is there; those before the final one are only noted.</summary>
    public void OpenResponse(byte[] head, int status, in PacketStamp started, in PacketStamp at)
    {
        if (_hasResponse)
        {
            return;
        }

        if (status is >= 100 and < 200)
        {
            if ((_interim ??= []).Count < MaxInterim)
            {
                _interim.Add(status);
            }

            return;
        }

        _hasResponse = true;
        if (!_hasRequest)
        {
            _isRequestEnded = true;
        }

        bool isConnect = _requestHead.AsSpan().StartsWith("CONNECT "u8);
        response.OpenResponse(head, new HttpAnswer(
            _depth, _requestHead, HasBody: true, IsInterim: false, Upgrades: false, OpensTunnel: false, _transaction));
        if (transactions is null)
        {
            return;
        }

        _toldResponse = transactions.OpenResponse(_transaction, 1 - client, head, started, at);
        _transaction = _toldResponse.Transaction;
        _transaction.OpensTunnel = isConnect && status is >= 200 and < 300;
        _transaction.Interim = _interim is null ? [] : [.. _interim];
    }

    /// <summary>Takes bytes of a body.</summary>
    public void Append(Direction direction, ReadOnlySpan<byte> content, in PacketStamp at)
    {
        (direction == client ? request : response).Append(content, at);
        (direction == client ? _toldRequest : _toldResponse)?.Append(content);
    }

    /// <summary>Steps over bytes of a body that are missing. The record holds what came before.</summary>
    public void Skip(Direction direction, long length, in PacketStamp at)
    {
        (direction == client ? request : response).Emit(isComplete: false, at);
        (direction == client ? _toldRequest : _toldResponse)?.Skip(length);
    }

    /// <summary>A side has sent all that it will, once.</summary>
    public void End(Direction direction, bool isComplete, in PacketStamp at)
    {
        bool isRequest = direction == client;
        if (isRequest ? _isRequestEnded : _isResponseEnded)
        {
            return;
        }

        _isRequestEnded |= isRequest;
        _isResponseEnded |= !isRequest;
        (isRequest ? request : response).Emit(isComplete, at);
        if ((isRequest ? _toldRequest : _toldResponse) is { } told)
        {
            transactions!.End(told, isComplete, at);
        }
    }

    /// <summary>Nothing more comes: tells what there is.</summary>
    public void GiveUp(in PacketStamp at)
    {
        End(client, isComplete: false, at);
        if (!_hasResponse && !_isResponseEnded && _transaction is { } transaction)
        {
            transaction.Interim = _interim is null ? [] : [.. _interim];
            transactions!.GiveUp(transaction, at);
        }

        End(1 - client, isComplete: false, at);
    }
}
