using Vittne.Protocols.Crypto;

namespace Vittne.Engine.Info;

/// <summary>What <see cref="InfoRun"/> looks for.</summary>
public sealed record InfoOptions
{
    /// <summary>Digests of the whole file, in the order in which they are told.</summary>
    public IReadOnlyList<DigestKind> Digests { get; init; } = [DigestKind.Sha256];

    /// <summary>Called now and then with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
