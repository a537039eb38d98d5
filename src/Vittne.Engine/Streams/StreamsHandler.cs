using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>What a worker that writes streams does with flows.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="files">Makes files.</param>
internal sealed class StreamsHandler(StreamsOptions options, StreamFiles files) : FlowHandler
{
    /// <inheritdoc/>
    public override bool OpensWithoutBytes => true;

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) => new TcpStreamFiles(flow.Identify(tunnel), files);

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => true;

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        session ??= new UdpStreamFiles(flow.Identify(tunnel), files, options.FramesDatagrams);
        ((UdpStreamFiles)session).OnDatagram(direction, payload, at);
        return true;
    }
}
