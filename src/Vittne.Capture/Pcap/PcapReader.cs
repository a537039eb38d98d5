using System.Buffers.Binary;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Sources;

namespace Vittne.Capture.Pcap;

/// <summary>
/// Walks a pcap capture: one call for about a thousand packets, and within a batch no call, no allocation, and for files no
/// copy per packet.
/// </summary>
internal sealed class PcapReader : CaptureReader
{
    private const long SecondNs = 1_000_000_000;

    private readonly PcapFileHeader _header;
    private readonly CaptureSection _section;
    private readonly int _headerLength;
    private readonly int _maxPacketLength;
    private readonly bool _isVerbatim;
    private long _batchLength;
    private long _number;
    private long _lastNs = long.MinValue;

    private PcapReader(CaptureSource source, CaptureReaderOptions options, PcapFileHeader header, int headerLength, List<string> notes)
        : base(source, options)
    {
        _header = header;
        _headerLength = headerLength;
        _maxPacketLength = (int)header.MaxPacketLength;
        _isVerbatim = options.Verbatim;
        _section = new CaptureSection
        {
            IsBigEndian = header.IsBigEndian,
            MajorVersion = header.MajorVersion,
            MinorVersion = header.MinorVersion,
        };
        _section.Add(new CaptureInterface
        {
            LinkType = header.LinkType,
            SnapLength = header.SnapLength,
            TimestampResolution = header.FractionNs == 1 ? (byte)9 : (byte)6,
            FcsLength = header.FcsLength,
        });
        Keep(_section);
        notes.ForEach(Note);
    }

    /// <inheritdoc/>
    public override string Format =>
        _headerLength == PcapFileHeader.ModifiedRecordHeaderLength ? "pcap-modified" : _header.FractionNs == 1 ? "pcap-ns" : "pcap";

    /// <inheritdoc/>
    public override PcapForm? PcapForm => new(
        _header.FractionNs == 1,
        _headerLength == PcapFileHeader.RecordHeaderLength && !_header.IsBigEndian && _header.LengthOrder == LengthOrder.CapturedFirst,
        _header.SnapLength is 0 or > int.MaxValue ? _header.MaxPacketLength : _header.SnapLength,
        _header.LinkTypeExtension,
        _header.ReservedLinkTypeBits);

    /// <summary>Reads the file header.</summary>
    /// <exception cref="CaptureFormatException">It is cut or of an unknown version.</exception>
    public static PcapReader Open(CaptureSource source, CaptureReaderOptions options)
    {
        var notes = new List<string>();
        if (PcapFileHeader.TryParse(source.Peek(PcapFileHeader.Length), notes, out string problem) is not { } header)
        {
            throw new CaptureFormatException(source.Name, problem);
        }

        source.Advance(PcapFileHeader.Length);
        int headerLength = PcapFileHeader.RecordHeaderLength;
        if (header.IsModified)
        {
            // Enough for the first packet and the header behind it.
            headerLength = header.ChooseRecordHeaderLength(source.Peek((int)header.MaxPacketLength + (2 * PcapFileHeader.ModifiedRecordHeaderLength)));
        }

        return new PcapReader(source, options, header, headerLength, notes);
    }

    /// <inheritdoc/>
    private protected override ReadOutcome Fill(PacketBatch batch)
    {
        batch.Enter(_section);
        batch.RecordHeaderLength = _isVerbatim ? _headerLength : 0;
        _batchLength = 0;
        int needed = 1;
        while (true)
        {
            ReadOnlySpan<byte> window = Source.Peek(needed);
            if (window.Length < needed)
            {
                bool isHeader = window.Length < _headerLength;
                return EndInside(Source.Position, window.Length, isHeader ? "packet header" : "packet", _number + 1, isHeader);
            }

            int position = Walk(batch, window, out needed);
            if (position > 0)
            {
                Source.PacketPosition = Source.Position + position;
                Source.Advance(position);
            }

            if (needed == 0)
            {
                return ReadOutcome.More;
            }

            if (needed < 0)
            {
                return ReadOutcome.Damaged;
            }
        }
    }

    /// <summary>Takes packets from the window.</summary>
    /// <param name="batch">Receives them.</param>
    /// <param name="window">The bytes at the source's position.</param>
    /// <param name="needed">Bytes that the next record wants; 0 when the batch is full, -1 at damage.</param>
    /// <returns>Bytes of the window that were taken.</returns>
    private int Walk(PacketBatch batch, ReadOnlySpan<byte> window, out int needed)
    {
        bool isInPlace = Source.IsInPlace;
        bool isVerbatim = _isVerbatim;
        int inBuffer = Source.BufferOffset;
        PacketRef[] packets = batch.Packets;
        bool isBigEndian = _header.IsBigEndian;
        int headerLength = _headerLength;
        int fractionNs = _header.FractionNs;
        int fcsLength = Options.KeepsFrameCheckSequence ? 0 : _header.FcsLength;
        ushort linkType = _header.LinkType;
        LengthOrder order = _header.LengthOrder;
        long start = Source.Position;
        long lastNs = _lastNs;
        long number = _number;
        long bytes = _batchLength;
        int count = batch.Count;
        int position = 0;
        needed = 0;
        while (count < packets.Length)
        {
            ReadOnlySpan<byte> rest = window[position..];
            if (rest.Length < headerLength)
            {
                needed = headerLength;
                break;
            }

            uint seconds = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            uint fraction = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            uint captured = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]);
            uint original = BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]);
            if (isBigEndian)
            {
                seconds = BinaryPrimitives.ReverseEndianness(seconds);
                fraction = BinaryPrimitives.ReverseEndianness(fraction);
                captured = BinaryPrimitives.ReverseEndianness(captured);
                original = BinaryPrimitives.ReverseEndianness(original);
            }

            if (order != LengthOrder.CapturedFirst && (order == LengthOrder.OriginalFirst || captured > original))
            {
                (captured, original) = (original, captured);
            }

            if (captured > (uint)_maxPacketLength)
            {
                Note($"bad record at offset {start + position}: caplen {captured}; nothing after it was read");
                Report(
                    CaptureDamageKind.TooLong,
                    number + 1,
                    start + position,
                    $"{captured} bytes where {_maxPacketLength} are the most; nothing after it was read");
                needed = -1;
                break;
            }

            int length = headerLength + (int)captured;
            if (length > rest.Length)
            {
                needed = length;
                break;
            }

            long fractionInNs = (long)fraction * fractionNs;
            long timestampNs = (seconds * SecondNs) + fractionInNs;
            if (fractionInNs >= SecondNs)
            {
                Counters.FractionCarries++;
            }

            if (timestampNs < lastNs)
            {
                Counters.TimeGoesBack++;
            }

            lastNs = timestampNs;
            if (captured > original)
            {
                Counters.CapturedAboveOriginal++;
                Counters.BytesAboveOriginal += captured - original;
                original = isVerbatim ? original : captured;
            }

            int kept = fcsLength == 0 || isVerbatim ? (int)captured : FrameCheckSequence.Cut((int)captured, original, fcsLength);
            int at = position + headerLength;
            packets[count] = new PacketRef(
                timestampNs,
                ++number,
                isInPlace ? inBuffer + at
                    : isVerbatim ? batch.Append(window.Slice(position, length)) + headerLength
                    : batch.Append(window.Slice(at, kept)),
                kept,
                (int)Math.Min(original, int.MaxValue),
                linkType,
                0);
            count++;
            bytes += kept;
            position += length;
            if (bytes >= PacketBatch.FullLength)
            {
                break;
            }
        }

        batch.Count = count;
        Counters.CapturedBytes += bytes - _batchLength;
        _batchLength = bytes;
        _number = number;
        _lastNs = lastNs;
        return position;
    }
}
