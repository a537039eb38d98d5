using Vittne.Protocols.Content;

namespace Vittne.Protocols.Http;

/// <summary>Measures a body and keeps its beginning, which tells its media type. Decodes as the bytes come; nothing else is kept.</summary>
internal sealed class HttpBodyMeter : HttpContentTarget
{
    private readonly HttpDecodingStage[] _stages = [];
    private readonly bool _isReadable;
    private byte[] _beginning = [];
    private int _beginningLength;
    private long _length;
    private long _missingLength;
    private long _decodedLength;

    /// <summary>Makes the meter of a message's body.</summary>
    /// <param name="head">Its head; without one (HTTP/0.9) there is no coding.</param>
    public HttpBodyMeter(ReadOnlySpan<byte> head)
    {
        Span<HttpCoding> codings = stackalloc HttpCoding[HttpContentDecoder.MaxCodings];
        int count = 0;
        _isReadable = !HttpHead.TryParse(head, out HttpHead view) || HttpContentDecoder.TryReadCodings(view, codings, out count);
        if (_isReadable && count > 0)
        {
            // Codings are undone in the opposite order: the last one takes first.
            _stages = new HttpDecodingStage[count];
            HttpContentTarget next = this;
            for (int i = 0; i < count; i++)
            {
                _stages[i] = new HttpDecodingStage(codings[i], next);
                next = _stages[i];
            }
        }
    }

    /// <summary>True when bytes of the body are missing in the capture.</summary>
    public bool HasMissing => _missingLength > 0;

    /// <summary>Adds bytes as they were sent.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        _length += content.Length;
        if (_stages.Length == 0)
        {
            Keep(content);
        }
        else if (!HasMissing)
        {
            _stages[^1].Take(content);
        }
    }

    /// <summary>Steps over bytes that are missing.</summary>
    public void Skip(long length) => _missingLength += length;

    /// <inheritdoc/>
    public override void Take(ReadOnlySpan<byte> content)
    {
        _decodedLength += content.Length;
        Keep(content);
    }

    /// <summary>Ends the measuring.</summary>
    /// <param name="isComplete">True when the body ended.</param>
    public HttpBodySummary Finish(bool isComplete)
    {
        bool isDecoded = _stages.Length > 0 && isComplete && _length > 0 && !HasMissing;
        foreach (HttpDecodingStage stage in _stages)
        {
            isDecoded &= !stage.IsBroken;
            stage.Dispose();
        }

        string? mediaType = _isReadable ? ContentSniffer.MediaType(_beginning.AsSpan(0, _beginningLength)) : null;
        _beginning = [];
        _beginningLength = 0;
        return new HttpBodySummary(_length, _missingLength, isDecoded ? _decodedLength : null, mediaType);
    }

    private void Keep(ReadOnlySpan<byte> content)
    {
        if (HasMissing || _beginningLength == ContentSniffer.SniffedLength || content.IsEmpty)
        {
            return;
        }

        if (_beginning.Length == 0)
        {
            _beginning = new byte[ContentSniffer.SniffedLength];
        }

        ReadOnlySpan<byte> kept = content[..Math.Min(content.Length, ContentSniffer.SniffedLength - _beginningLength)];
        kept.CopyTo(_beginning.AsSpan(_beginningLength));
        _beginningLength += kept.Length;
    }
}
