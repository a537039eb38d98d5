using Vittne.Protocols.Crypto;

namespace Vittne.Engine.Info;

/// <summary>Several digests of the same bytes.</summary>
internal sealed class DigestSet : IDisposable
{
    private readonly IReadOnlyList<DigestKind> _kinds;
    private readonly RunningDigest[] _digests;

    /// <summary>Begins them.</summary>
    /// <param name="kinds">Which digests.</param>
    /// <param name="expectedLength">About how many bytes will come.</param>
    public DigestSet(IReadOnlyList<DigestKind> kinds, long expectedLength)
    {
        _kinds = kinds;
        _digests = new RunningDigest[kinds.Count];
        for (int i = 0; i < _digests.Length; i++)
        {
            _digests[i] = RunningDigest.Create(kinds[i], expectedLength);
        }
    }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _digests.Length == 0;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (RunningDigest digest in _digests)
        {
            digest.Append(bytes);
        }
    }

    /// <summary>The digests of all bytes, in the order that was asked for.</summary>
    public IReadOnlyList<FileDigest> Finish()
    {
        var finished = new FileDigest[_digests.Length];
        for (int i = 0; i < finished.Length; i++)
        {
            finished[i] = new FileDigest(DigestNames.Of(_kinds[i]), _digests[i].FinishHex());
        }

        return finished;
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_digests, static digest => digest.Dispose());
}
