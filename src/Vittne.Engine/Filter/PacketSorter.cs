using System.Runtime.InteropServices;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>
/// Puts packets in order of time, equal times in the order in which they came. What does not fit memory is sorted in parts, which wait in
/// files without a name.
/// </summary>
/// <param name="folder">Where these files are made.</param>
/// <param name="maxLength">Bytes of packets in memory.</param>
internal sealed class PacketSorter(string folder, int maxLength) : IDisposable
{
    /// <summary>A packet takes more than its bytes.</summary>
    private static readonly int HeadLength = Marshal.SizeOf<Head>();

    private readonly List<(long TimestampNs, int At)> _order = [];
    private readonly List<CaptureSection?> _sections = [];
    private readonly List<FileStream> _parts = [];
    private byte[] _bytes = new byte[1 << 20];
    private int _used;

    /// <summary>What takes a packet in its turn.</summary>
    public delegate void Take(in OutputPacket packet);

    /// <summary>Takes the next packet.</summary>
    public void Add(in OutputPacket packet)
    {
        int length = HeadLength + packet.Data.Length + packet.Options.Length;
        if (_used > 0 && _used + length > maxLength)
        {
            WritePart();
        }

        if (_bytes.Length - _used < length)
        {
            Array.Resize(ref _bytes, Math.Max(_used + length, (int)Math.Min(maxLength, _bytes.Length * 2L)));
        }

        if (_sections.Count == 0 || !ReferenceEquals(_sections[^1], packet.Section))
        {
            _sections.Add(packet.Section);
        }

        var head = new Head(
            packet.TimestampNs, packet.Seconds, packet.FractionNs, packet.OriginalLength, _sections.Count - 1, packet.Data.Length,
            packet.Options.Length, packet.LinkType, packet.Interface, packet.IsEdited ? 1 : 0);
        MemoryMarshal.Write(_bytes.AsSpan(_used), head);
        packet.Data.CopyTo(_bytes.AsSpan(_used + HeadLength));
        packet.Options.CopyTo(_bytes.AsSpan(_used + HeadLength + packet.Data.Length));
        _order.Add((head.TimestampNs, _used));
        _used += length;
    }

    /// <summary>Hands out all packets in order.</summary>
    public void Drain(Take take)
    {
        if (_parts.Count == 0)
        {
            _order.Sort();
            foreach ((_, int at) in _order)
            {
                Give(_bytes.AsSpan(at), take);
            }

            return;
        }

        WritePart();
        var next = new PriorityQueue<int, (long TimestampNs, int Part)>();
        byte[][] waiting = new byte[_parts.Count][];
        for (int part = 0; part < _parts.Count; part++)
        {
            _parts[part].Position = 0;
            waiting[part] = new byte[1 << 11];
            Refill(part, waiting, next);
        }

        while (next.TryDequeue(out int part, out _))
        {
            Give(waiting[part], take);
            Refill(part, waiting, next);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.ForEach(static part => part.Dispose());

    private void WritePart()
    {
        _order.Sort();
        var part = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 18,
            Options = FileOptions.DeleteOnClose,
        });
        _parts.Add(part);
        foreach ((_, int at) in _order)
        {
            Head head = MemoryMarshal.Read<Head>(_bytes.AsSpan(at));
            part.Write(_bytes.AsSpan(at, HeadLength + head.DataLength + head.OptionsLength));
        }

        part.Flush();
        _order.Clear();
        _used = 0;
    }

    private void Refill(int part, byte[][] waiting, PriorityQueue<int, (long TimestampNs, int Part)> next)
    {
        FileStream file = _parts[part];
        if (file.ReadAtLeast(waiting[part].AsSpan(0, HeadLength), HeadLength, throwOnEndOfStream: false) < HeadLength)
        {
            return;
        }

        Head head = MemoryMarshal.Read<Head>(waiting[part]);
        int length = HeadLength + head.DataLength + head.OptionsLength;
        if (waiting[part].Length < length)
        {
            Array.Resize(ref waiting[part], length);
        }

        file.ReadExactly(waiting[part].AsSpan(HeadLength, length - HeadLength));
        next.Enqueue(part, (head.TimestampNs, part));
    }

    private void Give(ReadOnlySpan<byte> bytes, Take take)
    {
        Head head = MemoryMarshal.Read<Head>(bytes);
        var packet = new OutputPacket
        {
            Seconds = head.Seconds,
            FractionNs = head.FractionNs,
            OriginalLength = head.OriginalLength,
            LinkType = head.LinkType,
            Interface = head.Interface,
            Section = _sections[head.Section],
            IsEdited = head.IsEdited != 0,
            Data = bytes.Slice(HeadLength, head.DataLength),
            Options = bytes.Slice(HeadLength + head.DataLength, head.OptionsLength),
        };
        take(packet);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Head(
        long TimestampNs, long Seconds, long FractionNs, uint OriginalLength, int Section, int DataLength, int OptionsLength, ushort LinkType,
        ushort Interface, int IsEdited);
}
