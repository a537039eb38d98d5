using Vittne.Protocols.Crypto;

namespace Vittne.Engine.Info;

/// <summary>Names of digests on the command line and in output.</summary>
public static class DigestNames
{
    /// <summary>All digests.</summary>
    public static IReadOnlyList<DigestKind> All { get; } = [DigestKind.Sha256, DigestKind.Sha1, DigestKind.Md5, DigestKind.Ripemd160];

    /// <summary>The name of a digest.</summary>
    public static string Of(DigestKind kind) => kind switch
    {
        DigestKind.Sha256 => "sha256",
        DigestKind.Sha1 => "sha1",
        DigestKind.Md5 => "md5",
        _ => "ripemd160",
    };
}
