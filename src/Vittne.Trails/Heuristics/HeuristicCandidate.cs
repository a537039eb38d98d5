using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics;

/// <summary>
/// A find of one record that is to be told once for its source, receiver and trail in a window. A worker sees only a part of all flows, so
/// it makes candidates, and <see cref="RepeatGate"/> behind the collector decides.
/// </summary>
internal sealed record HeuristicCandidate : Record
{
    /// <summary>What is told.</summary>
    public required ThreatRecord Threat { get; init; }

    /// <summary>The same is not told again for so many nanoseconds.</summary>
    public required long WindowNs { get; init; }

    public static HeuristicCandidate Of(ThreatRecord threat, int windowSeconds) => new()
    {
        Flow = threat.Flow,
        At = threat.At,
        Direction = threat.Direction,
        Threat = threat,
        WindowNs = windowSeconds * 1_000_000_000L,
    };
}
