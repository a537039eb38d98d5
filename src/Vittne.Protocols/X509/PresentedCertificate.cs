namespace Vittne.Protocols.X509;

/// <summary>A certificate with its place in what a side of a handshake presented.</summary>
/// <param name="Certificate">What it says.</param>
/// <param name="ChainIndex">Its place in the chain: 0 is the leaf.</param>
/// <param name="IsClient">True when the client presented it.</param>
/// <param name="TimestampNs">When, in nanoseconds since the epoch.</param>
public sealed record PresentedCertificate(X509Certificate Certificate, int ChainIndex, bool IsClient, long TimestampNs)
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Whether its validity was over when it was presented; null when its end could not be read.</summary>
    public bool? IsExpired => Certificate.NotAfter is { } end ? TimestampNs / SecondNs > end : null;

    /// <summary>A time of validity in nanoseconds; null when it could not be read or lies beyond what such a number can hold.</summary>
    internal static long? Nanoseconds(long? seconds) => seconds is { } known && Math.Abs(known) < long.MaxValue / SecondNs ? known * SecondNs : null;
}
