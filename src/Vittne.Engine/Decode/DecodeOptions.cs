using Vittne.Flows;

namespace Vittne.Engine.Decode;

/// <summary>What to decode.</summary>
public sealed record DecodeOptions
{
    /// <summary>The decoders that are asked for.</summary>
    public required IReadOnlyList<Decoder> Decoders { get; init; }

    /// <summary>Bounds and time-outs of flows.</summary>
    public FlowOptions Flows { get; init; } = new();
}
