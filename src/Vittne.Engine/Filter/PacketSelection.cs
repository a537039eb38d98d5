using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Match;

namespace Vittne.Engine.Filter;

/// <summary>Which packets are kept: by their number, their time and their bytes.</summary>
internal sealed class PacketSelection(FilterOptions options)
{
    private readonly bool _looksAtTime = options.FromNs != long.MinValue || options.ToNs != long.MaxValue;
    private readonly bool _isInverted = options.IsInverted;
    private readonly NumberRanges? _numbers = options.Numbers;
    private readonly PacketFilter? _filter = options.Expression;
    private readonly VlanStripper? _vlans = options.IgnoresVlans ? new VlanStripper() : null;
    private FilterProgram? _program;
    private int _linkType = -1;

    /// <summary>Whether each packet is kept, so that none has to be asked about.</summary>
    public bool IsEverything => !_looksAtTime && _numbers is null && _filter is null && !_isInverted;

    /// <summary>The program that alone decides about packets of a link type; null where more than that counts.</summary>
    public FilterProgram? ProgramAlone(int linkType) =>
        _looksAtTime || _numbers is not null || _vlans is not null || _isInverted ? null : _filter?.For(linkType);

    /// <summary>Whether no packet behind so many can be kept any more.</summary>
    public bool IsPast(long packets) => _numbers is not null && !_isInverted && packets >= _numbers.Last;

    /// <summary>Whether a packet is kept.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ordinal">Its number over all inputs.</param>
    /// <param name="bytes">Its bytes.</param>
    public bool Keeps(in PacketRef packet, long ordinal, ReadOnlySpan<byte> bytes) => IsTaken(packet, ordinal, bytes) != _isInverted;

    private bool IsTaken(in PacketRef packet, long ordinal, ReadOnlySpan<byte> bytes) =>
        (_numbers is null || _numbers.Contains(ordinal))
        && (!_looksAtTime || (packet.TimestampNs >= options.FromNs && packet.TimestampNs < options.ToNs))
        && (_filter is null || Matches(packet, bytes));

    private bool Matches(in PacketRef packet, ReadOnlySpan<byte> bytes)
    {
        if (_program is null || packet.LinkType != _linkType)
        {
            _linkType = packet.LinkType;
            _program = _filter!.For(_linkType);
        }

        int length = packet.OriginalLength;
        if (_vlans is not null)
        {
            bytes = _vlans.Strip(bytes, packet.LinkType, ref length);
        }

        return _program.Matches(bytes, length);
    }
}
