using Vittne.Capture.Writing;

namespace Vittne.Engine.Grep;

/// <summary>Writes the packets of hits to a pcap file as well. Its times are nanoseconds where the first packet has such.</summary>
/// <param name="path">The file.</param>
/// <param name="next">Takes the hits after it.</param>
public sealed class GrepCapture(string path, IGrepWriter next) : IGrepWriter, IDisposable
{
    private const int SnapLength = 262_144;
    private const int MicrosecondNs = 1_000;

    private CaptureWriter? _writer;
    private ushort _linkType;

    /// <summary>Packets left out because the file holds those of another link type.</summary>
    public long OtherLinkTypes { get; private set; }

    /// <inheritdoc/>
    public void Write(in GrepHit hit)
    {
        ushort linkType = CaptureLinkTypes.Written(hit.Packet.LinkType);
        if (_writer is null)
        {
            _linkType = linkType;
            _writer = Open(hit.Packet.TimestampNs % MicrosecondNs != 0);
        }

        if (linkType == _linkType)
        {
            var packet = new OutputPacket { OriginalLength = (uint)hit.Packet.OriginalLength, LinkType = linkType, Data = hit.Bytes };
            packet.TimestampNs = hit.Packet.TimestampNs;
            _writer.Write(packet);
        }
        else
        {
            OtherLinkTypes++;
        }

        next.Write(hit);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _writer?.Flush();
        next.Flush();
    }

    /// <summary>Ends the file; without a hit it is an empty capture of Ethernet.</summary>
    public void Complete()
    {
        if (_writer is null)
        {
            _linkType = 1;
            _writer = Open(isNanosecond: false);
        }

        _writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private PcapWriter Open(bool isNanosecond) => new(CaptureOutput.Open(path), new PcapHeader(_linkType, SnapLength, isNanosecond));
}
