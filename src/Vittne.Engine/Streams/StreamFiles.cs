using System.Globalization;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Http;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Streams;

/// <summary>Makes and closes the files of one worker.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="store">Where bytes go.</param>
/// <param name="sink">Where it is told.</param>
internal sealed class StreamFiles(StreamsOptions options, StreamStore store, IRecordSink sink)
{
    // What a header says is told in the index: no longer than this.
    private const int MaxText = 256;

    private readonly ProtocolCounters _protocols = new();
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

    /// <summary>The parser that finds bodies in a stream; null when none are wanted.</summary>
    public ProtocolStream? ParserOf(FlowIdentity flow, HttpBodyOpener opener) => options.WritesBodies
        ? new ProtocolStream(flow, SilentSink.Instance, _protocols, new ParserOptions { KeptRequestBody = 0, KeptResponseBody = 0, OpensBody = opener })
        : null;

    /// <summary>A file for a body, or null when it is not wanted.</summary>
    public BodyFile? OpenBody(StreamFile stream, int number, HttpHead head)
    {
        bool isRequest = !head.StartLine.IsEmpty && head.IsRequest;
        if (isRequest && !options.WritesRequestBodies)
        {
            return null;
        }

        string type = TextOf(head, "Content-Type"u8);
        string extension = MediaTypes.ExtensionOf(type);
        string suffix = string.Create(
            CultureInfo.InvariantCulture, $"-{(isRequest ? "HTTPREQ" : "HTTPBODY")}-{number:000}{(extension.Length > 0 ? "." : "")}{extension}");
        return stream.AddBody(suffix, type, TextOf(head, "Content-Encoding"u8), options.DecodesBodies);
    }

    /// <summary>Bytes of a stream are next.</summary>
    public void Take(StreamFile file, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (options.Console is null)
        {
            file.OnData(data);
        }
        else if (file.Shown(data) is { IsEmpty: false } shown)
        {
            sink.Add(new StreamText { Flow = file.Flow, At = at, Direction = file.Direction, File = file, Data = shown.ToArray() });
        }
    }

    /// <summary>The direction has all of its bytes.</summary>
    public void Close(StreamFile file, in PacketStamp at, bool hasSyn, bool hasFin, bool hasReset)
    {
        if (options.Console is not null)
        {
            return;
        }

        bool hasName = file.Bytes.HasPath;
        if (hasName)
        {
            file.Complete();
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

    private static string TextOf(HttpHead head, ReadOnlySpan<byte> name) =>
        head.TryGetHeader(name, out ReadOnlySpan<byte> value) ? Encoding.Latin1.GetString(value[..Math.Min(value.Length, MaxText)]) : "";

    private int OuterVlan() => _batch is null ? -1 : VlanTag.Outermost(_batch.Packets, _index);
}
