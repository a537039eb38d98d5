using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>Where packets go: one file or many.</summary>
public interface IPacketSink : IDisposable
{
    /// <summary>Whether no further packet is wanted.</summary>
    bool IsOver { get; }

    /// <summary>Takes a packet.</summary>
    void Write(in OutputPacket packet);

    /// <summary>
    /// The writer that takes whole records of an input as they are; null where packets have to be looked at one by one. Asked once for
    /// each input.
    /// </summary>
    PcapWriter? TakesRecordsOf(CaptureReader reader);

    /// <summary>Takes a block without packet.</summary>
    void WriteBlock(CaptureSection section, in CaptureBlock block);

    /// <summary>Hands on what waits, through compression too.</summary>
    void FlushThrough();

    /// <summary>All is written.</summary>
    void Complete();

    /// <summary>Writing failed: what is whole is kept.</summary>
    void Rescue();
}
