using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// A running digest by the cryptography of the platform, which uses the processor's SHA instructions: 1.5 to 2 GB a second for SHA-256, five
/// times as much as our own. On Linux it is OpenSSL, loaded at run time; where it is missing the runtime ends the whole process, so it is
/// looked for first.
/// </summary>
internal sealed class PlatformDigest : RunningDigest
{
    // Those that the runtime tries itself, in its order.
    private static readonly string[] Libraries = ["libssl.so.3", "libssl.so.1.1"];

    private static readonly Lazy<bool> IsThere = new(Find);

    private readonly IncrementalHash _hash;

    private PlatformDigest(HashAlgorithmName name) => _hash = IncrementalHash.CreateHash(name);

    /// <summary>Begins a digest; null when the platform has none.</summary>
    public static PlatformDigest? TryCreate(DigestKind kind)
    {
        HashAlgorithmName? name = kind switch
        {
            DigestKind.Sha256 => HashAlgorithmName.SHA256,
            DigestKind.Sha1 => HashAlgorithmName.SHA1,
            DigestKind.Md5 => HashAlgorithmName.MD5,
            _ => null,
        };
        if (name is not { } known || !IsThere.Value)
        {
            return null;
        }

        try
        {
            return new PlatformDigest(known);
        }
        catch (CryptographicException)
        {
            // Not allowed by the system's rules (MD5 on a FIPS machine).
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

    /// <inheritdoc/>
    public override string FinishHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _hash.Dispose();
        }

        base.Dispose(isDisposing);
    }

    private static bool Find() =>
        !OperatingSystem.IsLinux() || Array.Exists(Libraries, static library => NativeLibrary.TryLoad(library, out _));
}
