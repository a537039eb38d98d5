using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>Makes and closes the files of one worker.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="store">Where bytes go.</param>
/// <param name="sink">Where it is told.</param>
internal sealed class StreamFiles(StreamsOptions options, StreamStore store, IRecordSink sink)
{
    private DecodedBatch? _batch;
    private int _index;

    /// <summary>Where it is told.</summary>
    public IRecordSink Sink => sink;

    /// <summary>The packet that is looked at now: only the first one of a file is looked at in full.</summary>
    public void TurnTo(DecodedBatch batch, int index) => (_batch, _index) = (batch, index);

    /// <summary>A file for a direction that shows its first payload.</summary>
    public StreamFile Open(FlowIdentity flow, Direction direction, in PacketStamp at)
    {
        var file = new StreamFile(flow, direction, options, store, at) { Vlan = OuterVlan() };
        sink.Add(new StreamOpened { Flow = flow, At = at, Direction = direction, File = file });
        return file;
    }

    /// <summary>The direction has all of its bytes.</summary>
    public void Close(StreamFile file, in PacketStamp at, bool hasSyn, bool hasFin, bool hasReset)
    {
        bool hasName = file.Bytes.HasPath;
        if (hasName)
        {
            file.Bytes.Complete();
        }

        sink.Add(new StreamClosed
        {
            Flow = file.Flow,
            At = at,
            Direction = file.Direction,
            File = file,
            HasSyn = hasSyn,
            HasFin = hasFin,
            HasReset = hasReset,
            IsUnwritten = !hasName,
        });
    }

    private int OuterVlan() => _batch is null ? -1 : VlanTag.Outermost(_batch.Packets, _index);
}
