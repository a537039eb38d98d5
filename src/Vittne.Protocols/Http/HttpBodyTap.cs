using System.Buffers;

namespace Vittne.Protocols.Http;

/// <summary>Passes a body on to who takes it, content codings undone where that is wanted.</summary>
internal sealed class HttpBodyTap
{
    // A kilobyte can decode to a megabyte: that much is let through, and no more than this.
    private const long MaxDecodedLength = 256 << 20;

    // So much of a body is kept until it is clear that its coding is the one that the head names.
    private const int MaxKept = 4096;

    private readonly HttpBodyTarget _target;
    private readonly Output? _output;
    private HttpDecodingStage[] _stages = [];
    private ArrayBufferWriter<byte>? _kept;
    private bool _hasMissing;
    private bool _isUndecoded;

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
            _output = new Output(target);
            _kept = new ArrayBufferWriter<byte>();
            HttpContentTarget next = _output;
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
            Decode(content);
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
        bool isWhole = isComplete && !_hasMissing && !_isUndecoded;
        foreach (HttpDecodingStage stage in _stages)
        {
            isWhole &= !stage.IsBroken;
            stage.Dispose();
        }

        _target.End(isWhole);
    }

    private void Decode(ReadOnlySpan<byte> content)
    {
        _kept?.Write(content);
        _stages[^1].Take(content);
        if (_kept is null)
        {
            return;
        }

        bool isBroken = Array.Exists(_stages, static stage => stage.IsBroken);
        if (!_output!.HasBytes && isBroken)
        {
            // It is not what the head says: as it was sent is all that can be given.
            foreach (HttpDecodingStage stage in _stages)
            {
                stage.Dispose();
            }

            _stages = [];
            _isUndecoded = true;
            _target.Take(_kept.WrittenSpan);
        }

        _kept = _output.HasBytes || isBroken || _kept.WrittenCount > MaxKept ? null : _kept;
    }

    private sealed class Output(HttpBodyTarget target) : HttpContentTarget
    {
        public bool HasBytes { get; private set; }

        public override void Take(ReadOnlySpan<byte> content)
        {
            HasBytes |= !content.IsEmpty;
            target.Take(content);
        }
    }
}
