using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>A batch that several lanes look at.</summary>
internal sealed class DeepBatch
{
    private int _lanes;

    /// <summary>The packets.</summary>
    public DecodedBatch Decoded { get; } = new();

    /// <summary>Says how many lanes will look at it.</summary>
    public void Share(int lanes) => _lanes = lanes;

    /// <summary>A lane is done with it; true for the last one.</summary>
    public bool Leave() => Interlocked.Decrement(ref _lanes) == 0;
}
