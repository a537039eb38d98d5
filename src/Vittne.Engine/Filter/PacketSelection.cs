using Vittne.Capture;

namespace Vittne.Engine.Filter;

/// <summary>Which packets are kept: by their number, their time and their bytes.</summary>
internal sealed class PacketSelection(FilterOptions options)
{
    private readonly bool _looksAtTime = options.FromNs != long.MinValue || options.ToNs != long.MaxValue;
    private readonly bool _isInverted = options.IsInverted;
    private readonly NumberRanges? _numbers = options.Numbers;

    /// <summary>Whether each packet is kept, so that none has to be asked about.</summary>
    public bool IsEverything { get; } =
        options.FromNs == long.MinValue && options.ToNs == long.MaxValue && options.Numbers is null && !options.IsInverted;

    /// <summary>Whether no packet behind so many can be kept any more.</summary>
    public bool IsPast(long packets) => _numbers is not null && !_isInverted && packets >= _numbers.Last;

    /// <summary>Whether a packet is kept.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ordinal">Its number over all inputs.</param>
    /// <param name="bytes">Its bytes.</param>
    public bool Keeps(in PacketRef packet, long ordinal, ReadOnlySpan<byte> bytes) => IsTaken(packet, ordinal, bytes) != _isInverted;

    private bool IsTaken(in PacketRef packet, long ordinal, ReadOnlySpan<byte> bytes) =>
        (_numbers is null || _numbers.Contains(ordinal))
        && (!_looksAtTime || (packet.TimestampNs >= options.FromNs && packet.TimestampNs < options.ToNs));
}
