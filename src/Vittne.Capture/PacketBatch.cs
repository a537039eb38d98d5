using Vittne.Capture.Live;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture;

/// <summary>
/// A block of packets of one section of one capture. The reader fills it, whoever asked for it reads it and then gives it to
/// <see cref="CaptureReader.Read"/> again: only from then on, or once the reader is disposed, are its bytes invalid.
/// </summary>
public sealed class PacketBatch
{
    /// <summary>
    /// Packets in a full batch. One that is not full is the last of its capture or of its section, or holds <see cref="FullLength"/> bytes
    /// (or, live, all that came in time). Where batches end depends on the capture alone, not on how a pipe delivers it.
    /// </summary>
    public const int Capacity = 1024;

    /// <summary>Captured bytes, options included, after which a batch counts as full, so that its own buffer stays bounded.</summary>
    public const int FullLength = 32 << 20;

    private CaptureRing? _ring;
    private int _block;
    private byte[] _buffer = [];
    private int _used;
    private int _fileLength;
    private OptionRange[]? _options;
    private int _optionsCount;
    private List<CaptureBlock>? _blocks;

    /// <summary>The packets; the first <see cref="Count"/> are valid.</summary>
    public PacketRef[] Packets { get; } = new PacketRef[Capacity];

    /// <summary>How many packets the batch holds.</summary>
    public int Count { get; set; }

    /// <summary>
    /// The section that the packets belong to; <see cref="PacketRef.Interface"/> counts its interfaces. Null before the first use.
    /// </summary>
    public CaptureSection? Section { get; private set; }

    /// <summary>
    /// Bytes of the file that came with this batch as they stand there, record headers included, for who needs them all (a digest). Empty
    /// where packets do not lie in them as they were: streams, compressed files, live sources.
    /// </summary>
    public ReadOnlySpan<byte> FileBytes => _buffer.AsSpan(0, _fileLength);

    /// <summary>Where in the file <see cref="FileBytes"/> begin. Those of two batches may overlap, and there may be gaps between them.</summary>
    public long FileOffset { get; private set; }

    /// <summary>The captured bytes of packet <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ref readonly PacketRef packet = ref Packets[index];
        return _ring is null
            ? _buffer.AsSpan((int)packet.Offset, packet.CapturedLength)
            : _ring.Slice(packet.Offset, packet.CapturedLength);
    }

    /// <summary>
    /// Gives the packets back to their source; none may be looked at any more. Needed for live ones, whose room is wanted again; called by
    /// the thread that reads.
    /// </summary>
    public void Return()
    {
        if (_ring is { } ring)
        {
            _ring = null;
            Count = 0;
            ring.Return(_block);
        }
    }

    /// <summary>
    /// The options of packet <paramref name="index"/> as they stand in its pcapng block (comments, flags, hashes): code u16, length
    /// u16, value
    /// padded to 4 bytes, in the byte order of <see cref="Section"/>. Empty where there are none. They are as the capture has them:
    /// unchecked.
    /// </summary>
    public ReadOnlySpan<byte> Options(int index)
    {
        if (_optionsCount == 0)
        {
            return default;
        }

        // By number, not by index: a stage may have taken packets out of the batch.
        int found = _options.AsSpan(0, _optionsCount).BinarySearch(new OptionRange(Packets[index].Number, 0, 0));
        if (found < 0)
        {
            return default;
        }

        OptionRange range = _options![found];
        return _buffer.AsSpan((int)range.Offset, range.Length);
    }

    /// <summary>
    /// Bytes of the record header that lies before each packet (pcap read with <see cref="CaptureReaderOptions.Verbatim"/>); 0 where there
    /// is none.
    /// </summary>
    public int RecordHeaderLength { get; internal set; }

    /// <summary>
    /// Blocks of pcapng without a packet that stand before or between the packets (read with <see cref="CaptureReaderOptions.Verbatim"/>).
    /// </summary>
    public IReadOnlyList<CaptureBlock> Blocks => _blocks ?? (IReadOnlyList<CaptureBlock>)[];

    /// <summary>Forgets <see cref="Blocks"/>, once they were taken care of.</summary>
    public void ForgetBlocks() => _blocks?.Clear();

    /// <summary>The record header of packet <paramref name="index"/>, in the byte order of the section.</summary>
    public ReadOnlySpan<byte> RecordHeader(int index) =>
        _buffer.AsSpan((int)Packets[index].Offset - RecordHeaderLength, RecordHeaderLength);

    /// <summary>
    /// The records from <paramref name="first"/> up to <paramref name="end"/> (not included), headers and packets, as they stand in the
    /// capture. Needs <see cref="RecordHeaderLength"/> and a batch that no packet was taken out of.
    /// </summary>
    public ReadOnlySpan<byte> Records(int first, int end)
    {
        int start = (int)Packets[first].Offset - RecordHeaderLength;
        ref readonly PacketRef last = ref Packets[end - 1];
        return _buffer.AsSpan(start, (int)last.Offset + last.CapturedLength - start);
    }

    /// <summary>The batch's own buffer; offsets of packets are offsets in it.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>Empties the batch.</summary>
    internal void Start()
    {
        _used = 0;
        if (_buffer.Length > 2 * FullLength)
        {
            // One giant packet shall not stay in memory for the rest of the run.
            _buffer = [];
        }

        _optionsCount = 0;
        _blocks?.Clear();
        RecordHeaderLength = 0;
        _fileLength = 0;
        Count = 0;
    }

    /// <summary>Says that the first bytes of the buffer are those of the file from an offset on.</summary>
    internal void ShowFile(long offset, int length)
    {
        FileOffset = offset;
        _fileLength = length;
    }

    /// <summary>Empties the batch and holds a block of a ring until <see cref="Return"/>; offsets of packets are offsets in the ring.</summary>
    internal void Start(CaptureRing ring, int block)
    {
        Start();
        _ring = ring;
        _block = block;
        ring.Hold(block);
    }

    /// <summary>Says which section the packets that follow belong to.</summary>
    internal void Enter(CaptureSection section) => Section = section;

    /// <summary>Copies bytes into the batch's own buffer and returns their position in it.</summary>
    internal int Append(ReadOnlySpan<byte> bytes)
    {
        int position = _used;
        if (bytes.Length > _buffer.Length - position)
        {
            Grow(position + bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(position));
        _used = position + bytes.Length;
        return position;
    }

    /// <summary>Tells where the options of a packet lie. Packets come in the order of their numbers.</summary>
    internal void AddOptions(long number, long offset, int length)
    {
        _options ??= new OptionRange[Capacity];
        _options[_optionsCount++] = new OptionRange(number, offset, length);
    }

    /// <summary>Keeps a block without a packet: it stands before the next packet.</summary>
    internal void AddBlock(uint type, ReadOnlySpan<byte> body)
    {
        _blocks ??= [];
        _blocks.Add(new CaptureBlock(Count, type, body.ToArray()));
    }

    /// <summary>Makes room behind the first bytes of the buffer and returns the buffer, which holds them.</summary>
    internal byte[] Reserve(int used, int length)
    {
        if (_buffer.Length - used < length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(
                (int)Math.Min(Array.MaxLength, Math.Max((long)used + length, Math.Max(1 << 18, _buffer.Length * 2L))));
            _buffer.AsSpan(0, used).CopyTo(larger);
            _buffer = larger;
        }

        return _buffer;
    }

    private void Grow(int length) =>
        Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(length, Math.Max(1 << 18, _buffer.Length * 2L))));
}
