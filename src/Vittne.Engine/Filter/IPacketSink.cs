using Vittne.Capture;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>Where kept packets go: one file or many.</summary>
internal interface IPacketSink : IDisposable
{
    /// <summary>Takes a packet.</summary>
    void Write(in OutputPacket packet);

    /// <summary>
    /// The writer that takes whole records of an input as they are; null where packets have to be looked at one by one. Asked once for
    /// each input.
    /// </summary>
    PcapWriter? TakesRecordsOf(CaptureReader reader);

    /// <summary>Takes the blocks without packets that stand in a batch before packet <paramref name="index"/>.</summary>
    void WriteBlocks(PacketBatch batch, int index);

    /// <summary>All is written.</summary>
    void Complete();

    /// <summary>Writing failed: what is whole is kept.</summary>
    void Rescue();
}
