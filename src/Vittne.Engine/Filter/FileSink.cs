using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>All packets go into one file.</summary>
internal sealed class FileSink(CaptureWriter writer, bool isNanosecond) : IPacketSink
{
    public void Write(in OutputPacket packet) => writer.Write(packet);

    public PcapWriter? TakesRecordsOf(CaptureReader reader) =>
        reader.PcapForm is { HasPlainRecords: true } form && form.IsNanosecond == isNanosecond ? writer as PcapWriter : null;

    public void WriteBlocks(PacketBatch batch, int index)
    {
        foreach (CaptureBlock block in batch.Blocks)
        {
            if (block.Before == index)
            {
                writer.WriteBlock(batch.Section!, block);
            }
        }
    }

    public void Complete() => writer.Complete();

    public void Rescue() => writer.Rescue();

    public void Dispose() => writer.Dispose();
}
