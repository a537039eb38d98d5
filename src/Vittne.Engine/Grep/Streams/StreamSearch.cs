using Vittne.Flows.Reassembly;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Grep.Streams;

/// <summary>Searches both directions of one TCP flow.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="flow">The flow.</param>
/// <param name="sink">Takes the matches.</param>
internal sealed class StreamSearch(GrepOptions options, FlowIdentity flow, IRecordSink sink) : StreamConsumer
{
    private readonly StreamWindow?[] _windows = new StreamWindow?[2];

    /// <inheritdoc/>
    public override bool IsUnrecognised => false;

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => false;

    /// <inheritdoc/>
    public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at) => Window(direction).Add(data, at);

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at) => Window(direction).Skip(length, at);

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, in PacketStamp at) => _windows[(int)direction]?.End(at);

    private StreamWindow Window(Direction direction) => _windows[(int)direction] ??= new StreamWindow(
        options,
        (ReadOnlySpan<byte> text, int start, int length, int pattern, long offset, long firstPacket, in PacketStamp at) =>
            sink.Add(StreamMatches.Tell(options, flow, direction, "stream", text, start, length, pattern, offset, at) with
            {
                FirstPacket = firstPacket == at.Number ? 0 : firstPacket,
            }));
}
