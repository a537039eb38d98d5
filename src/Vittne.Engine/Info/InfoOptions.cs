using Vittne.Protocols.Crypto;

namespace Vittne.Engine.Info;

/// <summary>What <see cref="InfoRun"/> looks for.</summary>
public sealed record InfoOptions
{
    /// <summary>Digests of the whole file, in the order in which they are told.</summary>
    public IReadOnlyList<DigestKind> Digests { get; init; } = [DigestKind.Sha256];

    /// <summary>Whether packets are decoded and looked into.</summary>
    public bool IsDeep { get; init; }

    /// <summary>Threads of a deep look, 1 for none beside the caller's; what is told is the same for any number.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>The present, nanoseconds since 1970: packets of later have a wrong clock.</summary>
    public long NowNs { get; init; } = long.MaxValue;

    /// <summary>Called now and then with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
