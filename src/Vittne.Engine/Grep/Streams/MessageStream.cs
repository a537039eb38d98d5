using Vittne.Flows.Reassembly;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Grep.Streams;

/// <summary>
/// Searches the messages of one TCP flow: those that a parser takes apart, and in other streams of lines the parts that were encoded for mail.
/// </summary>
internal sealed class MessageStream : StreamConsumer
{
    private readonly ProtocolStream _protocol;
    private readonly MimePartReader?[] _parts = new MimePartReader?[2];
    private readonly bool[] _isSeen = new bool[2];
    private readonly GrepOptions _options;
    private readonly FlowIdentity _flow;
    private readonly IRecordSink _sink;
    private PacketStamp _at;

    /// <param name="options">What is searched for.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="protocol">Whose messages the other search takes.</param>
    /// <param name="sink">Takes the matches.</param>
    public MessageStream(GrepOptions options, FlowIdentity flow, ProtocolStream protocol, IRecordSink sink)
    {
        _options = options;
        _flow = flow;
        _protocol = protocol;
        _sink = sink;
    }

    /// <inheritdoc/>
    public override bool IsUnrecognised => _protocol.IsUnrecognised && !HasParts(Direction.FromOriginator) && !HasParts(Direction.FromResponder);

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _protocol.IsDone(direction) && !HasParts(direction);

    /// <inheritdoc/>
    public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (!_protocol.IsDone(direction))
        {
            _protocol.OnData(direction, data, at);
        }

        if (!_isSeen[(int)direction])
        {
            _isSeen[(int)direction] = true;
            Begin(direction, data);
        }

        if (_parts[(int)direction] is { } parts)
        {
            _at = at;
            parts.Take(data);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        _at = at;
        _parts[(int)direction]?.End();
        _protocol.OnGap(direction, length, at);
    }

    /// <inheritdoc/>
    public override void OnAnomaly(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) => _protocol.OnAnomaly(direction, kind, detail, at);

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, in PacketStamp at)
    {
        _at = at;
        _parts[(int)direction]?.End();
        _protocol.OnEnd(direction, at);
    }

    private bool HasParts(Direction direction) => _isSeen[(int)direction] ? _parts[(int)direction] is { IsHopeless: false } : !_isSeen[1 - (int)direction];

    private void Begin(Direction direction, ReadOnlySpan<byte> data)
    {
        // Bodies of HTTP are searched when they are whole, and without their chunks.
        int end = data.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? data : data[..end];
        if (!line.Contains((byte)0) && line.IndexOf("HTTP/1."u8) < 0)
        {
            _parts[(int)direction] = new MimePartReader(
                GrepFlowHandler.MaxBody,
                content => StreamMatches.TellAll(_options, _flow, direction, "mime", content, _at, _sink));
        }
    }
}
