namespace Vittne.Capture;

/// <summary>What a reader has counted so far. Nothing that is left out is left out silently: it is here by reason.</summary>
public sealed class CaptureCounters
{
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<uint, long> _otherBlocks = [];

    /// <summary>
    /// Kinds of foreign blocks that are told apart; the rest is counted as one (type 0xFFFFFFFF). An attacker chooses the types.
    /// </summary>
    private const int MaxBlockTypes = 1_000;

    /// <summary>Packets handed out.</summary>
    public long Packets { get; internal set; }

    /// <summary>Captured bytes of these packets.</summary>
    public long CapturedBytes { get; internal set; }

    /// <summary>Packets whose time is before that of the packet before them. Legal.</summary>
    public long TimeGoesBack { get; internal set; }

    /// <summary>Packets whose fraction of a second was a second or more (<c>clock.fraction</c>); the seconds took the rest.</summary>
    public long FractionCarries { get; internal set; }

    /// <summary>Packets whose time does not fit nanoseconds since 1970 (after the year 2262) and was set to the largest one.</summary>
    public long TimeSaturated { get; internal set; }

    /// <summary>Packets without a time (Simple Packet Blocks, interfaces with an impossible resolution); they carry 0.</summary>
    public long NoTimestamp { get; internal set; }

    /// <summary>Packets of which more bytes were captured than the capture says they had.</summary>
    public long CapturedAboveOriginal { get; internal set; }

    /// <summary>Bytes by which these exceed what they say they had; <see cref="PacketRef.OriginalLength"/> holds the captured length.</summary>
    public long BytesAboveOriginal { get; internal set; }

    /// <summary>Packets left out, by reason such as <c>pcapng.unknown_interface</c>. They keep their number.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    /// <summary>pcapng blocks that hold nothing of use here, by block type.</summary>
    public IReadOnlyDictionary<uint, long> OtherBlocks => _otherBlocks;

    /// <summary>Counts a packet that is left out.</summary>
    internal void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>Counts a block that is of no use.</summary>
    internal void CountBlock(uint type)
    {
        if (_otherBlocks.Count >= MaxBlockTypes && !_otherBlocks.ContainsKey(type))
        {
            type = uint.MaxValue;
        }

        _otherBlocks[type] = _otherBlocks.GetValueOrDefault(type) + 1;
    }
}
