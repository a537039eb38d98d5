namespace Vittne.Protocols.Http;

/// <summary>Passes a body on to who takes it, content codings undone where that is wanted.</summary>
internal sealed class HttpBodyTap
{
    // A kilobyte can decode to a megabyte: that much is let through, and no more than this.
    private const long MaxDecodedLength = 256 << 20;

    private readonly HttpBodyTarget _target;
    private readonly HttpDecodingStage[] _stages = [];
    private bool _hasMissing;

    /// <summary>Makes the tap of a body.</summary>
    /// <param name="target">Who takes it.</param>
    /// <param name="head">Head of its message.</param>
    public HttpBodyTap(HttpBodyTarget target, HttpHead head)
    {
        _target = target;
        Span<HttpCoding> codings = stackalloc HttpCoding[HttpContentDecoder.MaxCodings];
        if (target.IsDecoded && HttpContentDecoder.TryReadCodings(head, codings, out int count) && count > 0)
        {
            _stages = new HttpDecodingStage[count];
            HttpContentTarget next = target;
            for (int i = 0; i < count; i++)
            {
                _stages[i] = new HttpDecodingStage(codings[i], next, MaxDecodedLength);
                next = _stages[i];
            }
        }
    }

    /// <summary>Takes the next bytes as they were sent.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        if (_stages.Length == 0)
        {
            _target.Take(content);
        }
        else if (!_hasMissing)
        {
            _stages[^1].Take(content);
        }
    }

    /// <summary>Steps over bytes that are missing.</summary>
    public void Skip(long length)
    {
        _hasMissing = true;
        if (_stages.Length == 0)
        {
            _target.Skip(length);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End(bool isComplete)
    {
        bool isWhole = isComplete && !_hasMissing;
        foreach (HttpDecodingStage stage in _stages)
        {
            isWhole &= !stage.IsBroken;
            stage.Dispose();
        }

        _target.End(isWhole);
    }
}
