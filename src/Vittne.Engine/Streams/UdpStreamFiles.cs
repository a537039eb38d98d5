using System.Buffers.Binary;
using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>The two files of a UDP flow: its datagrams one after the other.</summary>
/// <param name="flow">The flow.</param>
/// <param name="files">Makes files.</param>
/// <param name="isFramed">True when each datagram is preceded by its length, four bytes in network order.</param>
internal sealed class UdpStreamFiles(FlowIdentity flow, StreamFiles files, bool isFramed) : FlowSession
{
    private StreamFile? _fromOriginator;
    private StreamFile? _fromResponder;

    /// <summary>Takes the next datagram.</summary>
    public void OnDatagram(Direction direction, ReadOnlySpan<byte> payload, in PacketStamp at)
    {
        ref StreamFile? file = ref direction == Direction.FromOriginator ? ref _fromOriginator : ref _fromResponder;
        file ??= files.Open(flow, direction, at);
        int frame = 0;
        if (isFramed)
        {
            Span<byte> length = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteInt32BigEndian(length, payload.Length);
            files.Take(file, length, at);
            frame = length.Length;
        }

        file.OnSegment(file.Bytes.Length - frame, frame + payload.Length, SegmentOrder.New, at);
        files.Take(file, payload, at);
    }

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at)
    {
        Close(_fromOriginator, at);
        Close(_fromResponder, at);
    }

    private void Close(StreamFile? file, in PacketStamp at)
    {
        if (file is not null)
        {
            files.Close(file, at, hasSyn: false, hasFin: false, hasReset: false);
        }
    }
}
