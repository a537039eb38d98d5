using System.Buffers.Binary;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>
/// Writes pcapng (draft-ietf-opsawg-pcapng), always little endian. What the inputs say about their sections, interfaces and packets is
/// kept; an interface is described when its first packet comes.
/// </summary>
/// <param name="output">Where it goes; owned by the writer.</param>
/// <param name="options">What is kept.</param>
public sealed class PcapngWriter(CaptureOutput output, PcapngWriterOptions options) : CaptureWriter(output)
{
    private const int PacketHeaderLength = 28;
    private const uint ByteOrder = CaptureMagic.ByteOrder;

    /// <summary>epb_hash: of bytes that may have been changed.</summary>
    private const ushort HashOption = 3;

    /// <summary>Interfaces after which a new section begins: a hostile input shall not fill memory with them.</summary>
    private const int MaxInterfaces = 65_536;

    private readonly BlockWriter _block = new();
    private readonly Dictionary<(CaptureSection Section, ushort Interface), int> _ids = [];
    private readonly List<OutputInterface> _interfaces = [];
    private CaptureSection? _section;
    private CaptureSection? _lastSection;
    private ushort _lastInterface;
    private int _lastId;

    /// <inheritdoc/>
    public override void Write(in OutputPacket packet)
    {
        CaptureSection section = packet.Section ?? throw new ArgumentException("a packet needs its section", nameof(packet));
        Enter(section);
        int id = ReferenceEquals(section, _lastSection) && packet.Interface == _lastInterface ? _lastId : IdOf(section, packet.Interface);
        ulong units = _interfaces[id].Clock.ToUnits(packet.TimestampNs);
        if (!packet.Options.IsEmpty && !options.IsBare)
        {
            WriteWithOptions(packet, id, units, section.IsBigEndian);
        }
        else
        {
            int padded = Wire.Padded(packet.Data.Length);
            Span<byte> block = Output.Take(PacketHeaderLength + padded + 4);
            BinaryPrimitives.WriteUInt32LittleEndian(block, (uint)BlockType.EnhancedPacket);
            BinaryPrimitives.WriteUInt32LittleEndian(block[4..], (uint)block.Length);
            BinaryPrimitives.WriteInt32LittleEndian(block[8..], id);
            BinaryPrimitives.WriteUInt32LittleEndian(block[12..], (uint)(units >> 32));
            BinaryPrimitives.WriteUInt32LittleEndian(block[16..], (uint)units);
            BinaryPrimitives.WriteInt32LittleEndian(block[20..], packet.Data.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(block[24..], packet.OriginalLength);
            packet.Data.CopyTo(block[PacketHeaderLength..]);
            block[(PacketHeaderLength + packet.Data.Length)..^4].Clear();
            BinaryPrimitives.WriteInt32LittleEndian(block[^4..], block.Length);
        }

        Packets++;
    }

    /// <inheritdoc/>
    public override void WriteBlock(CaptureSection section, in CaptureBlock block)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (options.IsBare)
        {
            return;
        }

        Enter(section);
        OtherBlocks.Write(_block, Output, section, block, FindId);
    }

    /// <summary>Appends an Interface Statistics Block (section 4.6) about an interface that packets were written of or may still be.</summary>
    /// <param name="section">The section of the interface.</param>
    /// <param name="index">Its index there.</param>
    /// <param name="timestampNs">When the numbers were taken; nanoseconds since 1970.</param>
    /// <param name="statistics">The numbers.</param>
    public void WriteStatistics(CaptureSection section, ushort index, long timestampNs, InterfaceStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(statistics);
        Enter(section);
        int id = IdOf(section, index);
        ulong units = _interfaces[id].Clock.ToUnits(timestampNs);
        _block.Begin((uint)BlockType.InterfaceStatistics);
        _block.Add((uint)id);
        _block.Add((uint)(units >> 32));
        _block.Add((uint)units);
        ReadOnlySpan<ulong?> counters =
            [statistics.Received, statistics.Dropped, statistics.FilterAccepted, statistics.OperatingSystemDropped, statistics.Delivered];
        for (int i = 0; i < counters.Length; i++)
        {
            if (counters[i] is { } counter)
            {
                _block.AddOption((ushort)(4 + i), counter);
            }
        }

        _block.End(Output);
    }

    /// <summary>Begins the file where no packet came.</summary>
    public void WriteHeader(CaptureSection section) => Enter(section);

    private void WriteWithOptions(in OutputPacket packet, int id, ulong units, bool isBigEndian)
    {
        _block.Begin((uint)BlockType.EnhancedPacket);
        _block.Add((uint)id);
        _block.Add((uint)(units >> 32));
        _block.Add((uint)units);
        _block.Add((uint)packet.Data.Length);
        _block.Add(packet.OriginalLength);
        _block.AddPadded(packet.Data);
        ReadOnlySpan<ushort> without = packet.IsEdited ? [HashOption] : [];
        _block.AddOptions(packet.Options, isBigEndian, BlockType.EnhancedPacket, without);
        _block.End(Output);
    }

    /// <summary>A section of pcapng that says something begins a section here too, unless all inputs share one.</summary>
    private void Enter(CaptureSection section)
    {
        if (ReferenceEquals(section, _section))
        {
            return;
        }

        bool isFirst = _section is null;
        _section = section;
        if (isFirst || (!options.JoinsSections && !section.RawOptions.IsEmpty) || _ids.Count >= MaxInterfaces)
        {
            _ids.Clear();
            _interfaces.Clear();
            _lastSection = null;
            _block.Begin((uint)BlockType.SectionHeader);
            _block.Add(ByteOrder);
            _block.Add((ushort)1);
            _block.Add((ushort)0);
            _block.Add(uint.MaxValue);
            _block.Add(uint.MaxValue);
            if (!options.IsBare)
            {
                _block.AddOptions(section.RawOptions.Span, section.IsBigEndian, BlockType.SectionHeader);
            }

            _block.End(Output);
        }
    }

    private int FindId(CaptureSection section, uint index) =>
        index <= ushort.MaxValue && _ids.TryGetValue((section, (ushort)index), out int id) ? id : -1;

    private int IdOf(CaptureSection section, ushort index)
    {
        if (!_ids.TryGetValue((section, index), out int id))
        {
            CaptureInterface source = section.Interfaces[index];
            id = _interfaces.FindIndex(known => known.IsSame(source));
            if (id < 0)
            {
                id = _interfaces.Count;
                var added = new OutputInterface(source);
                _interfaces.Add(added);
                added.Write(_block, section.IsBigEndian, options.IsBare);
                _block.End(Output);
            }

            _ids.Add((section, index), id);
        }

        (_lastSection, _lastInterface, _lastId) = (section, index, id);
        return id;
    }
}
