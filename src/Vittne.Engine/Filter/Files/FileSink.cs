using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>All packets go into one file.</summary>
/// <param name="writer">The file; owned.</param>
/// <param name="isNanosecond">Whether a pcap file has nanoseconds.</param>
internal sealed class FileSink(CaptureWriter writer, bool isNanosecond) : IPacketSink
{
    public bool IsOver => false;

    public void Write(in OutputPacket packet) => writer.Write(packet);

    public PcapWriter? TakesRecordsOf(CaptureReader reader) =>
        reader.PcapForm is { HasPlainRecords: true } form && form.IsNanosecond == isNanosecond ? writer as PcapWriter : null;

    public void WriteBlock(CaptureSection section, in CaptureBlock block) => writer.WriteBlock(section, block);

    public void FlushThrough() => writer.FlushThrough();

    public void Complete() => writer.Complete();

    public void Rescue() => writer.Rescue();

    public void Dispose() => writer.Dispose();
}
