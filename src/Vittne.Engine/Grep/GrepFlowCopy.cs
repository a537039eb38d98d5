using System.Buffers.Binary;
using Vittne.Capture;
using Vittne.Capture.Writing;
using Vittne.Packets;
using Vittne.Packets.Payloads;

namespace Vittne.Engine.Grep;

/// <summary>
/// Writes the whole flows of hits to a pcap file: remembers which flows had one, then reads the captures once more. Later fragments have no ports;
/// they are written when any flow between their addresses is.
/// </summary>
/// <param name="next">Takes the hits after it.</param>
public sealed class GrepFlowCopy(IGrepWriter next) : IGrepWriter
{
    private const int SnapLength = 262_144;

    private readonly GrepFlows _flows = new();
    private readonly GrepFlows _pairs = new();

    /// <summary>Packets left out because the file holds those of another link type.</summary>
    public long OtherLinkTypes { get; private set; }

    /// <summary>True when there were more flows than are remembered.</summary>
    public bool HasForgotten => _flows.HasForgotten;

    /// <inheritdoc/>
    public void Write(in GrepHit hit)
    {
        _flows.IsFirst(hit.Source, hit.Destination, hit.SourcePort, hit.DestinationPort, hit.Protocol);
        _pairs.IsFirst(hit.Source, hit.Destination, 0, 0, hit.Protocol);
        next.Write(hit);
    }

    /// <inheritdoc/>
    public void Flush() => next.Flush();

    /// <summary>Reads captures again and writes the packets of the flows.</summary>
    /// <param name="captures">The captures; each can be read twice.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it; the file then ends early.</param>
    public void Copy(IReadOnlyList<string> captures, string path, CancellationToken cancellation)
    {
        PcapWriter? writer = null;
        ushort written = 1;
        var reader = new PayloadReader();
        var batch = new PacketBatch();
        try
        {
            foreach (string name in captures)
            {
                using CaptureReader capture = CaptureReader.Open(name);
                while (capture.Read(batch) == ReadOutcome.More && !cancellation.IsCancellationRequested)
                {
                    for (int i = 0; i < batch.Count; i++)
                    {
                        PacketRef packet = batch.Packets[i];
                        if (!IsOfFlow(reader, batch.Bytes(i), packet))
                        {
                            continue;
                        }

                        ushort linkType = CaptureLinkTypes.Written(packet.LinkType);
                        written = writer is null ? linkType : written;
                        writer ??= Open(path, linkType, packet.TimestampNs % 1_000 != 0);
                        if (linkType == written)
                        {
                            writer.Write(OutputPacket.Of(batch, i, fractionNs: 1));
                        }
                        else
                        {
                            OtherLinkTypes++;
                        }
                    }
                }
            }

            writer ??= Open(path, written, isNanosecond: false);
            writer.Complete();
        }
        finally
        {
            writer?.Dispose();
        }
    }

    private static PcapWriter Open(string path, ushort linkType, bool isNanosecond) =>
        new(CaptureOutput.Open(path), new PcapHeader(linkType, SnapLength, isNanosecond));

    private bool IsOfFlow(PayloadReader reader, ReadOnlySpan<byte> bytes, in PacketRef packet)
    {
        if (!reader.TryRead(bytes, packet, out PacketPayload payload))
        {
            return false;
        }

        (IpAddress source, IpAddress destination) = PayloadReader.AddressesOf(bytes, payload);
        bool hasPorts = payload.Protocol is IpProtocol.Tcp or IpProtocol.Udp;
        if (!hasPorts || !payload.HasTransport)
        {
            return _pairs.Contains(source, destination, 0, 0, payload.Protocol);
        }

        ushort sourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes[payload.Transport..]);
        ushort destinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[(payload.Transport + 2)..]);
        return _flows.Contains(source, destination, sourcePort, destinationPort, payload.Protocol);
    }
}
