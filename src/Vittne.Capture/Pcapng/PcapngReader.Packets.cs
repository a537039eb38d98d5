namespace Vittne.Capture.Pcapng;

/// <content>Blocks with a packet: the hot loop.</content>
internal sealed partial class PcapngReader
{
    /// <summary>epb_flags: direction, kind of reception, FCS length, errors.</summary>
    private const ushort FlagsOption = 2;

    /// <summary>
    /// Takes packet blocks from the window until the batch is full or a block comes that is no packet or not wholly there.
    /// </summary>
    /// <returns>Bytes of the window that were taken.</returns>
    private int WalkPackets(PacketBatch batch, ReadOnlySpan<byte> window)
    {
        int inBuffer = Source.BufferOffset;
        bool isBigEndian = _isBigEndian;
        long start = Source.Position;
        int position = 0;
        while (batch.Count < PacketBatch.Capacity && _batchLength + position < PacketBatch.FullLength)
        {
            ReadOnlySpan<byte> rest = window[position..];
            if (rest.Length < MinBlockLength)
            {
                break;
            }

            var type = (BlockType)Wire.UInt32(rest, 0, isBigEndian);
            uint length = Wire.UInt32(rest, 4, isBigEndian);
            if (length < MinBlockLength || length % 4 != 0 || length > (uint)rest.Length
                || type is not (BlockType.EnhancedPacket or BlockType.SimplePacket or BlockType.Packet))
            {
                break;
            }

            ReadOnlySpan<byte> block = rest[..(int)length];
            CheckTrailer(block, start + position);
            _number++;
            if (type == BlockType.SimplePacket)
            {
                AddSimple(batch, block, inBuffer + position, start + position);
            }
            else
            {
                AddEnhanced(batch, block, inBuffer + position, type, start + position);
            }

            position += block.Length;
        }

        _batchLength += position;
        return position;
    }

    private void AddEnhanced(PacketBatch batch, ReadOnlySpan<byte> block, int offset, BlockType type, long at)
    {
        bool isBigEndian = _isBigEndian;
        if (block.Length < PacketHeaderLength + 4)
        {
            SkipPacket(CaptureDamageKind.BadBlock, at, $"a packet block of {block.Length} bytes");
            return;
        }

        uint index = type == BlockType.EnhancedPacket ? Wire.UInt32(block, 8, isBigEndian) : Wire.UInt16(block, 8, isBigEndian);
        uint captured = Wire.UInt32(block, 20, isBigEndian);
        if (index >= (uint)_interfaces.Count)
        {
            SkipPacket(CaptureDamageKind.UnknownInterface, at, $"{index} of {_interfaces.Count}");
            return;
        }

        int room = block.Length - PacketHeaderLength - 4;
        if (captured > (uint)room)
        {
            SkipPacket(CaptureDamageKind.BadBlock, at, $"{captured} captured bytes in a block with room for {room}");
            return;
        }

        if (captured > (uint)Options.MaxPacketLength)
        {
            SkipPacket(CaptureDamageKind.TooLong, at, TooLong(captured));
            return;
        }

        ref readonly InterfaceTable.Row source = ref _interfaces[(int)index];
        ulong units = ((ulong)Wire.UInt32(block, 12, isBigEndian) << 32) | Wire.UInt32(block, 16, isBigEndian);
        long timestampNs = source.Clock.ToNs(units, out bool isSaturated);
        CountTime(timestampNs, isSaturated, source.Clock.IsPossible);

        // Options lie behind the padded packet; a writer that forgot the padding leaves none.
        int padded = Math.Min(room, Wire.Padded((int)captured));
        ReadOnlySpan<byte> options = block.Slice(PacketHeaderLength + padded, room - padded);
        int fcsLength = options.IsEmpty ? source.FcsLength : FcsLength(options, source.FcsLength);
        ReadOnlySpan<byte> data = block.Slice(PacketHeaderLength, (int)captured);
        Add(batch, data, offset + PacketHeaderLength, timestampNs, Wire.UInt32(block, 24, isBigEndian), (ushort)index, fcsLength);
        if (!options.IsEmpty)
        {
            long place = Source.IsInPlace ? offset + PacketHeaderLength + padded : batch.Append(options);
            batch.AddOptions(_number, place, options.Length);
        }
    }

    private void AddSimple(PacketBatch batch, ReadOnlySpan<byte> block, int offset, long at)
    {
        if (_interfaces.Count == 0)
        {
            SkipPacket(CaptureDamageKind.UnknownInterface, at, "0 of 0");
            return;
        }

        int room = block.Length - SimplePacketHeaderLength - 4;
        if (room < 0)
        {
            SkipPacket(CaptureDamageKind.BadBlock, at, $"a packet block of {block.Length} bytes");
            return;
        }

        ref readonly InterfaceTable.Row source = ref _interfaces[0];
        uint original = Wire.UInt32(block, 8, _isBigEndian);
        uint captured = Math.Min(original, (uint)room);
        captured = source.SnapLength != 0 ? Math.Min(captured, source.SnapLength) : captured;
        if (captured > (uint)Options.MaxPacketLength)
        {
            SkipPacket(CaptureDamageKind.TooLong, at, TooLong(captured));
            return;
        }

        Counters.NoTimestamp++;
        Add(batch, block.Slice(SimplePacketHeaderLength, (int)captured), offset + SimplePacketHeaderLength, 0, original, 0, source.FcsLength);
    }

    private void Add(
        PacketBatch batch, ReadOnlySpan<byte> data, int offset, long timestampNs, uint original, ushort index, int fcsLength)
    {
        if ((uint)data.Length > original)
        {
            Counters.CapturedAboveOriginal++;
            Counters.BytesAboveOriginal += (uint)data.Length - original;
            original = Options.Verbatim ? original : (uint)data.Length;
        }

        int kept = fcsLength == 0 || Options.Verbatim || Options.KeepsFrameCheckSequence
            ? data.Length
            : FrameCheckSequence.Cut(data.Length, original, fcsLength);
        batch.Packets[batch.Count++] = new PacketRef(
            timestampNs,
            _number,
            Source.IsInPlace ? offset : batch.Append(data[..kept]),
            kept,
            (int)Math.Min(original, int.MaxValue),
            _interfaces[index].LinkType,
            index);
        Counters.CapturedBytes += kept;
    }

    /// <summary>Leaves a packet out, told and counted.</summary>
    private void SkipPacket(CaptureDamageKind kind, long offset, string detail)
    {
        Counters.Skip(kind switch
        {
            CaptureDamageKind.UnknownInterface => "pcapng.unknown_interface",
            CaptureDamageKind.TooLong => "pcapng.packet_too_large",
            _ => "pcapng.bad_block",
        });
        Report(kind, _number, offset, $"{detail}; the packet was left out");
    }

    private string TooLong(uint length) => $"{length} bytes where {Options.MaxPacketLength} are the most";

    private void CountTime(long timestampNs, bool isSaturated, bool isPossible)
    {
        if (!isPossible)
        {
            Counters.NoTimestamp++;
            return;
        }

        if (isSaturated)
        {
            Counters.TimeSaturated++;
        }

        if (timestampNs < _lastNs)
        {
            Counters.TimeGoesBack++;
        }

        _lastNs = timestampNs;
    }

    private int FcsLength(ReadOnlySpan<byte> options, int ofInterface)
    {
        var reader = new OptionReader(options, _isBigEndian);
        while (reader.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code == FlagsOption && value.Length == 4)
            {
                // Bits 5-8, in octets; 0 is "not told here" (section 4.3.1).
                int length = (int)((Wire.UInt32(value, 0, _isBigEndian) >> 5) & 0xF);
                return length != 0 ? length : ofInterface;
            }
        }

        return ofInterface;
    }
}
