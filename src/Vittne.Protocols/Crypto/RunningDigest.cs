namespace Vittne.Protocols.Crypto;

/// <summary>A digest of bytes that come in pieces. One thread at a time.</summary>
public abstract class RunningDigest : IDisposable
{
    /// <summary>
    /// Bytes from which loading the platform's implementation pays: it takes some milliseconds, and then makes up for them with the
    /// processor's own instructions.
    /// </summary>
    private const long PlatformLength = 1 << 20;

    /// <summary>Begins a digest, with the fastest implementation that this machine has.</summary>
    /// <param name="kind">Which digest.</param>
    /// <param name="expectedLength">About how many bytes will come.</param>
    public static RunningDigest Create(DigestKind kind, long expectedLength) =>
        expectedLength >= PlatformLength && PlatformDigest.TryCreate(kind) is { } platform
            ? platform
            : kind switch
            {
                DigestKind.Sha256 => new BlockDigest<Sha256>(),
                DigestKind.Sha1 => new BlockDigest<Sha1>(),
                DigestKind.Md5 => new BlockDigest<Md5>(),
                _ => new BlockDigest<Ripemd160>(),
            };

    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>The digest of all bytes in lower-case hex. Nothing may be appended afterwards.</summary>
    public abstract string FinishHex();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the implementation holds.</summary>
    /// <param name="isDisposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool isDisposing)
    {
    }
}
