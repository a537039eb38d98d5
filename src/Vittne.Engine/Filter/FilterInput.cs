using Vittne.Capture;
using Vittne.Capture.Pcap;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>One capture that is read, and how its packets become those of the output.</summary>
internal sealed class FilterInput(CaptureReader reader, PacketBatch batch) : IDisposable
{
    private readonly PcapForm? _form = reader.PcapForm;
    private readonly RecordedHeaders _headers = new(reader.PcapForm is not null);

    /// <summary>Where it is read from.</summary>
    public CaptureReader Reader { get; } = reader;

    /// <summary>The packets read last.</summary>
    public PacketBatch Batch { get; set; } = batch;

    /// <summary>The next of them, where inputs alternate.</summary>
    public int Next { get; set; }

    /// <summary>Takes records of the capture as they are; null where they have to be written anew.</summary>
    public PcapWriter? Direct { get; set; }

    /// <summary>Bytes that a packet of a pcap file may have; longer ones are cut when they are read, as libpcap does.</summary>
    public int SnapLength { get; } = (int)(reader.PcapForm?.SnapLength ?? int.MaxValue);

    /// <summary>A packet as it is written when nothing else is asked for.</summary>
    public OutputPacket Packet(int index)
    {
        OutputPacket packet = OutputPacket.Of(Batch, index, _form is { IsNanosecond: false } ? 1_000 : 1);
        if (packet.Data.Length > SnapLength)
        {
            packet.Data = packet.Data[..SnapLength];
        }

        _headers.Turn(ref packet);
        return packet;
    }

    /// <summary>The bytes of a packet as they are filtered.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ReadOnlySpan<byte> bytes = Batch.Bytes(index);
        return bytes.Length > SnapLength ? bytes[..SnapLength] : bytes;
    }

    /// <summary>Whether a packet is longer than its file says that packets can be.</summary>
    public bool HasLongPackets()
    {
        int limit = SnapLength;
        foreach (ref readonly PacketRef packet in Batch.Packets.AsSpan(0, Batch.Count))
        {
            if (packet.CapturedLength > limit)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
