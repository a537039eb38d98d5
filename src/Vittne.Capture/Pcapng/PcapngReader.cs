using System.Buffers.Binary;
using Vittne.Capture.Sources;

namespace Vittne.Capture.Pcapng;

/// <summary>Walks a pcapng capture block by block (draft-ietf-opsawg-pcapng).</summary>
internal sealed partial class PcapngReader : CaptureReader
{
    /// <summary>Type and total length, which all blocks start with.</summary>
    private const int BlockHeaderLength = 8;

    /// <summary>Header and the total length once more at the end.</summary>
    private const int MinBlockLength = 12;

    /// <summary>A Section Header Block without options.</summary>
    private const int MinSectionHeaderLength = 28;

    /// <summary>Block header and the five fields before the bytes of an Enhanced Packet Block; a Packet Block has as much.</summary>
    private const int PacketHeaderLength = 28;

    /// <summary>Block header and the original length of a Simple Packet Block.</summary>
    private const int SimplePacketHeaderLength = 12;

    /// <summary>Longest block that is believed where the size of the file does not prove that it is there.</summary>
    private const uint MaxUnprovenBlockLength = 256 << 20;

    /// <summary>Longest block without a packet that is looked into; longer ones are skipped and counted.</summary>
    private const uint MaxParsedBlockLength = 16 << 20;

    private readonly InterfaceTable _interfaces = new();
    private CaptureSection _section;
    private bool _isBigEndian;
    private long _describedLength;
    private int _interfacesKept;
    private long _number;
    private long _batchLength;
    private long _lastNs = long.MinValue;
    private bool _hasNotedTrailer;

    private PcapngReader(CaptureSource source, CaptureReaderOptions options, CaptureSection first)
        : base(source, options)
    {
        _section = first;
        _isBigEndian = first.IsBigEndian;
    }

    /// <inheritdoc/>
    public override string Format => "pcapng";

    /// <summary>Checks the version of the first section; the section itself is read with the first batch.</summary>
    /// <exception cref="CaptureFormatException">The first section header is cut or of an unknown version.</exception>
    public static PcapngReader Open(CaptureSource source, CaptureReaderOptions options)
    {
        ReadOnlySpan<byte> header = source.Peek(MinSectionHeaderLength);
        if (header.Length < MinSectionHeaderLength)
        {
            throw new CaptureFormatException(source.Name, $"is cut inside its section header: {header.Length} bytes");
        }

        bool isBigEndian = BinaryPrimitives.ReadUInt32BigEndian(header[8..]) == CaptureMagic.ByteOrder;
        CaptureSection first = BlockParser.Section(header[BlockHeaderLength..(MinSectionHeaderLength - 4)], isBigEndian);
        return first.MajorVersion == 0
            ? throw new CaptureFormatException(source.Name, $"is pcapng of version 0.{first.MinorVersion}, which is not known; 1.0 is")
            : new PcapngReader(source, options, first);
    }

    /// <inheritdoc/>
    private protected override ReadOutcome Fill(PacketBatch batch)
    {
        _batchLength = 0;
        batch.Enter(_section);
        while (batch.Count < PacketBatch.Capacity && _batchLength < PacketBatch.FullLength)
        {
            ReadOnlySpan<byte> window = Source.Peek(MinBlockLength);
            if (window.Length < MinBlockLength)
            {
                return EndInside(Source.Position, window.Length, "block", _number + 1, isHeader: true);
            }

            int consumed = WalkPackets(batch, window);
            if (consumed > 0)
            {
                Source.PacketPosition = Source.Position + consumed;
                Source.Advance(consumed);
                continue;
            }

            // A batch belongs to one section: its interfaces and byte order are those of all its packets.
            if ((batch.Count > 0 || batch.Blocks.Count > 0) && BinaryPrimitives.ReadUInt32LittleEndian(window) == CaptureMagic.SectionHeader)
            {
                return ReadOutcome.More;
            }

            ReadOutcome outcome = ReadBlock(batch, window);
            if (outcome != ReadOutcome.More || IsWaiting)
            {
                return outcome;
            }

            if (batch.Count == 0 && _batchLength >= PacketBatch.FullLength)
            {
                if (batch.Blocks.Count > 0)
                {
                    return ReadOutcome.More;
                }

                // Blocks without packets: nothing of them is needed any more.
                Source.BeginBatch(batch);
                _batchLength = 0;
            }
        }

        return ReadOutcome.More;
    }
}
