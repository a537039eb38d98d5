using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>A request for a program, of which the answer is not there yet.</summary>
internal sealed record OpenDownload : Record
{
    /// <summary>What is told of it.</summary>
    public required ThreatRecord Threat { get; init; }

    /// <summary>Number of the request in its flow, from 1.</summary>
    public required int Depth { get; init; }
}
