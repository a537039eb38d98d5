using Vittne.Capture;
using Vittne.Capture.Pcapng;

namespace Vittne.Engine.Info;

/// <summary>Sums over the headers of packets.</summary>
internal sealed class HeaderFacts
{
    private readonly Dictionary<CaptureSection, long[]> _sections = [];
    private CaptureSection? _section;
    private long[] _packets = [];

    /// <summary>Bytes on the wire.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Bytes in the capture.</summary>
    public long CapturedBytes { get; private set; }

    /// <summary>Earliest time.</summary>
    public long FirstNs { get; private set; } = long.MaxValue;

    /// <summary>Latest time.</summary>
    public long LastNs { get; private set; } = long.MinValue;

    /// <summary>Packets of which fewer bytes were captured than they had.</summary>
    public long CutPackets { get; private set; }

    /// <summary>Smallest captured length of these.</summary>
    public int CutMin { get; private set; } = int.MaxValue;

    /// <summary>Largest captured length of these.</summary>
    public int CutMax { get; private set; } = -1;

    /// <summary>Takes the packets of a batch.</summary>
    public void Add(PacketBatch batch)
    {
        if (batch.Count == 0 || batch.Section is not { } section)
        {
            return;
        }

        long[] packets = Enter(section);
        long first = FirstNs;
        long last = LastNs;
        long data = 0;
        long captured = 0;
        foreach (ref readonly PacketRef packet in batch.Packets.AsSpan(0, batch.Count))
        {
            data += packet.OriginalLength;
            captured += packet.CapturedLength;
            first = Math.Min(first, packet.TimestampNs);
            last = Math.Max(last, packet.TimestampNs);
            packets[packet.Interface]++;
            if (packet.CapturedLength < packet.OriginalLength)
            {
                CutPackets++;
                CutMin = Math.Min(CutMin, packet.CapturedLength);
                CutMax = Math.Max(CutMax, packet.CapturedLength);
            }
        }

        DataBytes += data;
        CapturedBytes += captured;
        FirstNs = first;
        LastNs = last;
    }

    /// <summary>The packets of an interface.</summary>
    public long PacketsOf(CaptureSection section, int index) =>
        _sections.TryGetValue(section, out long[]? packets) && index < packets.Length ? packets[index] : 0;

    private long[] Enter(CaptureSection section)
    {
        bool isNew = !ReferenceEquals(_section, section);
        if (isNew || _packets.Length < section.Interfaces.Count)
        {
            _section = section;
            long[] known = isNew ? [] : _packets;
            _packets = new long[Math.Max(section.Interfaces.Count, known.Length * 2)];
            known.CopyTo(_packets, 0);
            if (_sections.Count < CaptureReader.MaxSections || _sections.ContainsKey(section))
            {
                _sections[section] = _packets;
            }
        }

        return _packets;
    }
}
