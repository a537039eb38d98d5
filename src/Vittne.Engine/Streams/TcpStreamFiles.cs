using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Streams;

/// <summary>The two files of a TCP flow.</summary>
internal sealed class TcpStreamFiles : StreamConsumer
{
    private readonly FlowIdentity _flow;
    private readonly StreamFiles _files;
    private readonly ProtocolStream? _parser;
    private StreamFile? _fromOriginator;
    private StreamFile? _fromResponder;

    /// <summary>Makes the files of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="files">Makes files.</param>
    public TcpStreamFiles(FlowIdentity flow, StreamFiles files)
    {
        _flow = flow;
        _files = files;
        _parser = files.ParserOf(flow, OpenBody);
    }

    /// <inheritdoc/>
    public override bool KeepsEverything => true;

    /// <inheritdoc/>
    public override bool IsUnrecognised => false;

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => false;

    /// <inheritdoc/>
    public override void OnSegment(Direction direction, long offset, int capturedLength, int wireLength, SegmentOrder order, in PacketStamp at) =>
        (Of(direction) ??= _files.Open(_flow, direction, at)).OnSegment(offset, wireLength, order, at);

    /// <inheritdoc/>
    public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        _files.Take(Of(direction)!, data, at);
        if (_parser is not null && !_parser.IsDone(direction))
        {
            _parser.OnData(direction, data, at);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        Of(direction)!.OnGap(length);
        if (_parser is not null && !_parser.IsDone(direction))
        {
            _parser.OnGap(direction, length, at);
        }
    }

    /// <inheritdoc/>
    public override void OnOldData(Direction direction, long offset, ReadOnlySpan<byte> data, in PacketStamp at) => Of(direction)!.OnOldData(offset, data);

    /// <inheritdoc/>
    public override void OnConflict(Direction direction, int bytes, in PacketStamp at) => Of(direction)!.ConflictBytes += bytes;

    /// <inheritdoc/>
    public override void OnAnomaly(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        _files.Sink.Add(new AnomalyRecord { Flow = _flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, in PacketStamp at)
    {
        _parser?.OnEnd(direction, at);

        // Most streams are over here: what is in memory need not wait for the end of the flow.
        Of(direction)?.Bytes.Flush();
    }

    /// <inheritdoc/>
    public override void OnClose(FlowState state, in PacketStamp at)
    {
        bool isReset = (state & FlowState.Reset) != 0;
        Close(_fromOriginator, (state & FlowState.SynOriginator) != 0, (state & FlowState.FinOriginator) != 0, isReset, at);
        Close(_fromResponder, (state & FlowState.SynResponder) != 0, (state & FlowState.FinResponder) != 0, isReset, at);
    }

    private ref StreamFile? Of(Direction direction) => ref direction == Direction.FromOriginator ? ref _fromOriginator : ref _fromResponder;

    private HttpBodyTarget? OpenBody(Direction direction, int number, HttpHead head, in PacketStamp at) => _files.OpenBody(Of(direction)!, number, head);

    private void Close(StreamFile? file, bool hasSyn, bool hasFin, bool isReset, in PacketStamp at)
    {
        if (file is not null)
        {
            file.OnEnd();
            _files.Close(file, at, hasSyn, hasFin, isReset);
        }
    }
}
