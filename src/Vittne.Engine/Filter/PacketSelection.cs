using Vittne.Capture;

namespace Vittne.Engine.Filter;

/// <summary>Which packets are kept: by their place, their time and their bytes.</summary>
internal sealed class PacketSelection(FilterOptions options)
{
    private readonly bool _looksAtTime = options.FromNs != long.MinValue || options.ToNs != long.MaxValue;
    private readonly bool _isInverted = options.IsInverted;
    private readonly NumberRanges? _numbers = options.Numbers;

    /// <summary>Whether each packet is kept, so that none has to be asked about.</summary>
    public bool IsEverything { get; } =
        options.FromNs == long.MinValue && options.ToNs == long.MaxValue && options.Numbers is null && !options.IsInverted;

    /// <summary>Whether packets are kept in runs, so that the same answer is likely for the next one.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ordinal">Its number over all inputs.</param>
    public bool Keeps(in PacketRef packet, long ordinal) => IsTaken(packet, ordinal) != _isInverted;

    private bool IsTaken(in PacketRef packet, long ordinal) =>
        (_numbers is null || _numbers.Contains(ordinal))
        && (!_looksAtTime || (packet.TimestampNs >= options.FromNs && packet.TimestampNs < options.ToNs));
}
