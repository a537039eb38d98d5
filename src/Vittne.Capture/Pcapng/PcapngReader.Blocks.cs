using System.Buffers.Binary;

namespace Vittne.Capture.Pcapng;

/// <content>Blocks without a packet, and those that are damaged or not wholly there.</content>
internal sealed partial class PcapngReader
{
    /// <summary>Interfaces of one section: <see cref="PacketRef.Interface"/> has 16 bits.</summary>
    private const int MaxInterfaces = 65_536;

    /// <summary>Interfaces of all sections that are kept in <see cref="CaptureReader.Sections"/>.</summary>
    private const int MaxInterfacesKept = 262_144;

    /// <summary>Bytes of section and interface descriptions that are kept as text.</summary>
    private const long MaxDescribedLength = 64L << 20;

    private const int MinorVersionOfOldWriters = 2;
    private const uint SystemdJournalExport = 9;
    private const uint Custom = 0x0BAD;
    private const uint CustomNotToCopy = 0x40000BAD;
    private const uint LocalUse = 0x80000000;

    /// <summary>Reads the block at the source's position, or makes sure that a packet block is wholly there.</summary>
    private ReadOutcome ReadBlock(PacketBatch batch, ReadOnlySpan<byte> header)
    {
        var type = (BlockType)Wire.UInt32(header, 0, _isBigEndian);
        if (type == BlockType.SectionHeader)
        {
            return ReadSection(batch);
        }

        uint length = Wire.UInt32(header, 4, _isBigEndian);
        if (CheckLength(type, length) is { } problem)
        {
            return Damaged(CaptureDamageKind.BadBlock, Source.Position, "bad block", problem);
        }

        if (IsCutOff(length))
        {
            return EndInBlock(type, length, Source.Remaining ?? 0);
        }

        switch (type)
        {
            case BlockType.EnhancedPacket or BlockType.SimplePacket or BlockType.Packet:
                if (length > (uint)Options.MaxPacketLength + MaxParsedBlockLength)
                {
                    _number++;
                    SkipPacket(CaptureDamageKind.TooLong, Source.Position, TooLong(length));
                    return SkipBlock(type, length);
                }

                ReadOnlySpan<byte> packet = Source.Peek((int)length);
                return packet.Length < length ? EndInBlock(type, length, packet.Length) : ReadOutcome.More;
            case BlockType.InterfaceDescription or BlockType.InterfaceStatistics or BlockType.NameResolution or BlockType.DecryptionSecrets
                when length <= MaxParsedBlockLength:
                ReadOnlySpan<byte> block = Source.Peek((int)length);
                if (block.Length < length)
                {
                    return EndInBlock(type, length, block.Length);
                }

                block = block[..(int)length];
                CheckTrailer(block, Source.Position);
                Parse(type, block[BlockHeaderLength..^4]);
                if (Options.Verbatim && type != BlockType.InterfaceDescription)
                {
                    batch.AddBlock((uint)type, block[BlockHeaderLength..^4]);
                }

                Source.Advance(block.Length);
                _batchLength += block.Length;
                return ReadOutcome.More;
            default:
                Counters.CountBlock((uint)type);
                return Options.Verbatim && length <= MaxParsedBlockLength ? KeepBlock(batch, type, length) : SkipBlock(type, length);
        }
    }

    private ReadOutcome KeepBlock(PacketBatch batch, BlockType type, uint length)
    {
        ReadOnlySpan<byte> block = Source.Peek((int)length);
        if (block.Length < length)
        {
            return EndInBlock(type, length, block.Length);
        }

        batch.AddBlock((uint)type, block[BlockHeaderLength..((int)length - 4)]);
        Source.Advance((int)length);
        _batchLength += length;
        return ReadOutcome.More;
    }

    private ReadOutcome ReadSection(PacketBatch batch)
    {
        long start = Source.Position;
        ReadOnlySpan<byte> header = Source.Peek(MinSectionHeaderLength);
        if (header.Length < MinSectionHeaderLength)
        {
            return EndInside(start, header.Length, "section header", _number + 1, isHeader: true);
        }

        bool isBigEndian = BinaryPrimitives.ReadUInt32BigEndian(header[8..]) == CaptureMagic.ByteOrder;
        if (!isBigEndian && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != CaptureMagic.ByteOrder)
        {
            return Damaged(CaptureDamageKind.BadBlock, start, "bad section header", "no byte-order magic; nothing after it was read");
        }

        uint length = Wire.UInt32(header, 4, isBigEndian);
        ulong sectionLength = Wire.UInt64(header, 16, isBigEndian);
        string? problem = length < MinSectionHeaderLength
            ? $"section header of {length} bytes; nothing after it was read"
            : CheckLength(BlockType.SectionHeader, length);
        if (problem is not null)
        {
            return Damaged(CaptureDamageKind.BadBlock, start, "bad block", problem);
        }

        // Options of a header that is too long to be meant are not looked at, the header counts all the same.
        int shown = (int)Math.Min(length, _describedLength <= MaxDescribedLength ? MaxParsedBlockLength : MinSectionHeaderLength);
        ReadOnlySpan<byte> block = IsCutOff(length) ? default : Source.Peek(shown);
        if (block.Length < shown)
        {
            return EndInside(start, Source.Remaining ?? block.Length, "section header", _number + 1, isHeader: true);
        }

        _isBigEndian = isBigEndian;
        int bodyEnd = shown == length ? shown - 4 : Math.Max(shown - 4, MinSectionHeaderLength - 4);
        CaptureSection section = BlockParser.Section(block[BlockHeaderLength..bodyEnd], isBigEndian);
        if (shown == length)
        {
            CheckTrailer(block[..shown], start);
            section.RawOptions = Options.Verbatim ? block[(MinSectionHeaderLength - 4)..(shown - 4)].ToArray() : default;
        }

        Source.Skip(length);
        return section.MajorVersion == 1 ? Enter(section, shown, batch) : SkipSection(section, start, sectionLength);
    }

    private ReadOutcome Enter(CaptureSection section, int describedLength, PacketBatch batch)
    {
        if (section.MinorVersion is not (0 or MinorVersionOfOldWriters))
        {
            Note($"pcapng version 1.{section.MinorVersion} is read as 1.0");
        }

        _section = section;
        _interfaces.Clear();
        _describedLength += describedLength;
        if (_interfacesKept < MaxInterfacesKept)
        {
            Keep(section);
        }

        batch.Enter(section);
        return ReadOutcome.More;
    }

    private ReadOutcome SkipSection(CaptureSection section, long start, ulong length)
    {
        string words = $"section of pcapng version {section.MajorVersion}.{section.MinorVersion}";
        if (length % 4 != 0 || length > long.MaxValue || (Source.Remaining is { } remaining && (long)length > remaining))
        {
            return Damaged(CaptureDamageKind.UnknownVersion, start, words, "not known, and its length is not told; nothing after it was read");
        }

        Damaged(CaptureDamageKind.UnknownVersion, start, words, "not known, left out");
        long skipped = Source.Skip((long)length);
        return skipped < (long)length ? EndInside(start, skipped, "section", _number + 1, isHeader: false) : ReadOutcome.More;
    }

    private void Parse(BlockType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case BlockType.InterfaceDescription:
                AddInterface(body);
                break;
            case BlockType.InterfaceStatistics:
                if (BlockParser.Statistics(body, _isBigEndian, out uint index) is { } statistics
                    && index < (uint)_section.Interfaces.Count)
                {
                    _section.Interfaces[(int)index].Statistics = statistics;
                }

                break;
            case BlockType.NameResolution:
                foreach (ResolvedName name in BlockParser.Names(body, _isBigEndian))
                {
                    if (!Keep(name))
                    {
                        break;
                    }
                }

                break;
            default:
                if (BlockParser.Secrets(body, _isBigEndian) is { } secrets && !Keep(secrets))
                {
                    Counters.CountBlock((uint)type);
                }

                break;
        }
    }

    private void AddInterface(ReadOnlySpan<byte> body)
    {
        _describedLength += body.Length;
        CaptureInterface? added = _interfaces.Count < MaxInterfaces
            ? BlockParser.Interface(body, _isBigEndian, keepsText: _describedLength <= MaxDescribedLength)
            : null;
        if (added is null)
        {
            Counters.CountBlock((uint)BlockType.InterfaceDescription);
            return;
        }

        added.RawOptions = Options.Verbatim ? body[8..].ToArray() : default;
        _interfacesKept++;
        _interfaces.Add(added);
        _section.Add(added);
    }

    private string? CheckLength(BlockType type, uint length) =>
        length < MinBlockLength || length % 4 != 0 || (length > MaxUnprovenBlockLength && (Source.Remaining is null || IsCutOff(length)))
            ? $"type 0x{(uint)type:x8}, length {length}; nothing after it was read"
            : null;

    private bool IsCutOff(uint length) => Source.Remaining is { } remaining && length > remaining;

    private ReadOutcome SkipBlock(BlockType type, uint length)
    {
        long start = Source.Position;
        long skipped = Source.Skip(length);
        return skipped == length ? ReadOutcome.More : EndInBlock(type, length, skipped, start);
    }

    /// <summary>The block runs beyond the end. Where its type is known the end is missing; else its header is no header.</summary>
    private ReadOutcome EndInBlock(BlockType type, uint length, long available, long? start = null)
    {
        long at = start ?? Source.Position;
        bool isKnown = Source.Grows || type is >= BlockType.InterfaceDescription and <= BlockType.EnhancedPacket or BlockType.DecryptionSecrets
            || (uint)type is SystemdJournalExport or Custom or CustomNotToCopy or >= LocalUse;
        if (isKnown || Source.Failure is not null)
        {
            return EndInside(at, available, "block", _number + 1, isHeader: false);
        }

        return Damaged(CaptureDamageKind.BadBlock, at, "bad block", $"type 0x{(uint)type:x8}, length {length}, but {available} bytes are left");
    }

    private ReadOutcome Damaged(CaptureDamageKind kind, long offset, string words, string detail)
    {
        Note($"{words} at offset {offset}: {detail}");
        Report(kind, _number + 1, offset, detail);
        return ReadOutcome.Damaged;
    }

    private void CheckTrailer(ReadOnlySpan<byte> block, long offset)
    {
        if (!_hasNotedTrailer && Wire.UInt32(block, block.Length - 4, _isBigEndian) != (uint)block.Length)
        {
            _hasNotedTrailer = true;
            Report(
                CaptureDamageKind.LengthMismatch,
                _number + 1,
                offset,
                $"{block.Length} at its start, {Wire.UInt32(block, block.Length - 4, _isBigEndian)} at its end; the first one was used");
            Note($"block at offset {offset} ends with another length than it starts with; the first one was used, as for any others like it");
        }
    }
}
