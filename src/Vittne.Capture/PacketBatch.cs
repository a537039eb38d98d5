namespace Vittne.Capture;

/// <summary>
/// A block of packets of one capture. The reader fills it, whoever asked for it reads it and then gives it to <see cref="CaptureReader.Read"/>
/// again: only from then on are its bytes invalid.
/// </summary>
public sealed class PacketBatch
{
    /// <summary>Packets in a full batch. A batch that is not full is the last one of its capture (or, live, all that came in time).</summary>
    public const int Capacity = 1024;

    private MappedFile? _mapping;
    private byte[] _buffer = [];

    /// <summary>The packets; the first <see cref="Count"/> are valid.</summary>
    public PacketRef[] Packets { get; } = new PacketRef[Capacity];

    /// <summary>How many packets the batch holds.</summary>
    public int Count { get; set; }

    /// <summary>The captured bytes of packet <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ref readonly PacketRef packet = ref Packets[index];
        return _mapping is null
            ? _buffer.AsSpan((int)packet.Offset, packet.CapturedLength)
            : _mapping.Slice(packet.Offset, packet.CapturedLength);
    }

    /// <summary>Says that the packets lie in a mapped file; their offsets are file offsets.</summary>
    internal void PointTo(MappedFile mapping) => _mapping = mapping;

    /// <summary>Says that the packets lie in a buffer that belongs to this batch; returns one of at least the given length, keeping what it holds.</summary>
    internal byte[] Buffer(int length)
    {
        _mapping = null;
        if (_buffer.Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(length, Math.Min(_buffer.Length * 2, 1 << 26)));
        }

        return _buffer;
    }
}
