using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Http;

/// <summary>The message of a direction whose record is not emitted yet.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where the record goes.</param>
/// <param name="direction">Who sends it.</param>
/// <param name="options">How much of a body is kept.</param>
internal sealed class HttpOpenMessage(FlowIdentity flow, IRecordSink sink, Direction direction, ParserOptions options)
{
    private readonly HttpBodyBuffer _body = new();
    private byte[] _head = [];
    private byte[] _requestHead = [];
    private int _depth;
    private bool _isRequest;
    private bool _isOpen;

    /// <summary>A request begins.</summary>
    public void OpenRequest(byte[] head, int depth)
    {
        (_head, _requestHead, _depth, _isRequest, _isOpen) = (head, [], depth, true, true);
        _body.Clear();
        _body.MaxLength = options.KeptRequestBody;
    }

    /// <summary>A response begins.</summary>
    public void OpenResponse(byte[] head, HttpAnswer answer)
    {
        (_head, _requestHead, _depth, _isRequest, _isOpen) = (head, answer.RequestHead, answer.Depth, false, true);
        _body.Clear();
        _body.MaxLength = options.KeptMediaBody < options.KeptResponseBody && IsMedia(head) ? options.KeptMediaBody : options.KeptResponseBody;
    }

    /// <summary>Takes the next bytes of the body; the record goes out when it can hold no more.</summary>
    public void Append(ReadOnlySpan<byte> content, in PacketStamp at)
    {
        if (_isOpen && !_body.TryAppend(content))
        {
            Emit(isComplete: false, at);
        }
    }

    /// <summary>Emits the record, once.</summary>
    /// <param name="isComplete">True when the body ended and all of it was taken.</param>
    /// <param name="at">The packet that completed it.</param>
    public void Emit(bool isComplete, in PacketStamp at)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        byte[] body = Content(ref isComplete);
        _body.Clear();
        sink.Add(_isRequest
            ? new HttpRequestRecord { Flow = flow, At = at, Direction = direction, Depth = _depth, Head = _head, Body = body, IsComplete = isComplete }
            : new HttpResponseRecord
            {
                Flow = flow,
                At = at,
                Direction = direction,
                Depth = _depth,
                Head = _head,
                Body = body,
                IsComplete = isComplete,
                RequestHead = _requestHead,
            });
    }

    private static bool IsMedia(byte[] head)
    {
        if (!HttpHead.TryParse(head, out HttpHead view) || !view.TryGetHeader("Content-Type"u8, out ReadOnlySpan<byte> type))
        {
            return false;
        }

        int slash = type.IndexOf((byte)'/');
        ReadOnlySpan<byte> family = slash < 0 ? default : type[..slash].TrimStart(HttpHead.Blanks);
        return Ascii.EqualsIgnoreCase(family, "image"u8) || Ascii.EqualsIgnoreCase(family, "video"u8)
            || Ascii.EqualsIgnoreCase(family, "audio"u8) || Ascii.EqualsIgnoreCase(family, "font"u8);
    }

    private byte[] Content(ref bool isComplete)
    {
        ReadOnlySpan<byte> raw = _body.Bytes;
        if (raw.IsEmpty)
        {
            return [];
        }

        if (HttpHead.TryParse(_head, out HttpHead head)
            && HttpContentDecoder.TryDecode(head, _body.Array, _body.Length, _body.MaxLength, out byte[] decoded, out bool isWhole))
        {
            isComplete &= isWhole;
            return decoded;
        }

        return raw.ToArray();
    }
}
