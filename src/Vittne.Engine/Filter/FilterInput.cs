using Vittne.Capture;
using Vittne.Capture.Pcap;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>One capture that is read, and how its packets become those of the output.</summary>
internal sealed class FilterInput(CaptureReader reader)
{
    private readonly PcapForm? _form = reader.PcapForm;

    /// <summary>Takes records of the capture as they are; null where they have to be written anew.</summary>
    public PcapWriter? Direct { get; set; }

    /// <summary>Bytes that a packet of a pcap file may have; longer ones are cut when they are read, as libpcap does.</summary>
    public int SnapLength { get; } = (int)(reader.PcapForm?.SnapLength ?? int.MaxValue);

    /// <summary>A packet as it is written when nothing else is asked for.</summary>
    public OutputPacket Packet(PacketBatch batch, int index)
    {
        OutputPacket packet = OutputPacket.Of(batch, index, _form is { IsNanosecond: false } ? 1_000 : 1);
        if (packet.Data.Length > SnapLength)
        {
            packet.Data = packet.Data[..SnapLength];
        }

        return packet;
    }
}
