using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>What the inputs need of the file that is written.</summary>
internal sealed class OutputForm
{
    private readonly SortedSet<ushort> _linkTypes = [];
    private readonly SortedSet<ushort> _sourceLinkTypes = [];
    private ushort? _linkType;
    private uint _snapLength;
    private uint _extension;
    private bool _isNanosecond;

    /// <summary>Link type of the first interface.</summary>
    public ushort LinkType => _linkType ?? 0;

    /// <summary>The link types of all inputs that were looked at.</summary>
    public IReadOnlyCollection<ushort> LinkTypes => _linkTypes;

    /// <summary>The same as the inputs name them.</summary>
    public IReadOnlyCollection<ushort> SourceLinkTypes => _sourceLinkTypes;

    /// <summary>Bits that a link type field must not have, of all inputs.</summary>
    public uint ReservedLinkTypeBits { get; private set; }

    /// <summary>The header of a pcap file that has room for them.</summary>
    /// <param name="isNanosecond">The unit that was asked for; null for the finest that the inputs have.</param>
    public PcapHeader Header(bool? isNanosecond) => new(LinkType, _snapLength, isNanosecond ?? _isNanosecond, _extension);

    /// <summary>Adds an input whose first batch was read.</summary>
    public void Add(CaptureReader reader, PacketBatch batch)
    {
        if (batch.Section is not { } section)
        {
            return;
        }

        ReservedLinkTypeBits |= reader.PcapForm?.ReservedLinkTypeBits ?? 0;
        foreach (CaptureInterface source in section.Interfaces)
        {
            ushort linkType = CaptureLinkTypes.Written(source.LinkType);
            _linkTypes.Add(linkType);
            _sourceLinkTypes.Add(source.LinkType);
            _snapLength = Math.Max(_snapLength, reader.PcapForm?.SnapLength ?? CaptureLinkTypes.SnapLength(source));
            _isNanosecond |= IsFine(source.TimestampResolution);
            if (_linkType is null)
            {
                _linkType = linkType;
                _extension = reader.PcapForm?.LinkTypeExtension ?? 0;
            }
        }
    }

    /// <summary>Of several link types the one of the first packet that is written: captures describe interfaces that have none.</summary>
    public void Choose(ushort linkType) => _linkType = linkType;

    /// <summary>Finer than a microsecond: 10^-6 s, or 2^-19 s.</summary>
    private static bool IsFine(byte resolution) => (resolution & 0x7F) > ((resolution & 0x80) != 0 ? 19 : 6);
}
