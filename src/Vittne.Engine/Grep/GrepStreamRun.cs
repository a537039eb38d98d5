using Vittne.Capture;
using Vittne.Engine.Grep.Streams;
using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Grep;

/// <summary>Searches streams put together from segments, across their borders, or the messages in them; datagrams in and out of tunnels as well.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="input">What is read.</param>
/// <param name="writer">Takes the matches.</param>
public sealed class GrepStreamRun(GrepOptions options, GrepInput input, IGrepWriter writer)
{
    private readonly List<GrepStage> _stages = [];
    private readonly GrepSummary _summary = new();
    private readonly GrepFlows _flows = new();
    private Action? _stop;

    /// <summary>Reads everything.</summary>
    /// <param name="cancellation">Stops reading; what was read so far is finished and told.</param>
    public GrepSummary Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stop = stop.Cancel;
        var spine = new SpineRun(
            new SpineOptions
            {
                Captures = input.Captures,
                Live = input.Live,
                Turn = input.Live is null ? null : Turn,
                Workers = Math.Min(input.Workers, FlowTracker.Shards),
                FromNs = input.FromNs,
                ToNs = input.ToNs,
                Filter = input.Filter,
                Decoding = input.Decoding,
                Progress = input.Progress,
            },
            CreateStage,
            Collect);
        SpineSummary read = spine.Run(stop.Token);
        writer.Flush();
        var flows = new FlowCounters();
        foreach (GrepStage stage in _stages)
        {
            flows.Add(stage.Flows);
        }

        _summary.Packets = read.Packets;
        _summary.Searched = read.Packets - read.OutsideTime - read.Filtered - read.NotDecoded;
        _summary.CapturesRead = read.CapturesRead;
        _summary.CapturesFailed = read.CapturesFailed;
        _summary.CapturesCut = read.CapturesCut;
        _summary.Notes.AddRange(read.Notes);
        _summary.GapBytes = flows.GapBytes;
        _summary.StepLimits = options.Patterns.StepLimits;
        _summary.FlowsForgotten = _flows.HasForgotten;
        _summary.IsStopped = cancellation.IsCancellationRequested && input.Live is null;
        return _summary;
    }

    private GrepStage CreateStage(IRecordSink output)
    {
        var stage = new GrepStage(options, output);
        _stages.Add(stage);
        return stage;
    }

    private void Turn()
    {
        writer.Flush();
        input.Turn?.Invoke();
    }

    private void Collect(Record record)
    {
        if (record is not StreamMatchRecord match || (options.MaxMatches > 0 && _summary.Matches >= options.MaxMatches))
        {
            return;
        }

        _summary.Matches++;
        if (_summary.Matches == options.MaxMatches)
        {
            _stop?.Invoke();
        }

        GrepHit hit = HitOf(match);
        if (!options.FirstOfFlow || _flows.IsFirst(hit))
        {
            _summary.Shown++;
            writer.Write(hit);
        }
    }

    private static GrepHit HitOf(StreamMatchRecord match)
    {
        FlowIdentity flow = match.Direction == Direction.FromOriginator ? match.Flow : match.Flow.Turned();
        return new GrepHit
        {
            Capture = match.At.Capture,
            Packet = new PacketRef(match.At.TimestampNs, match.At.Number, 0, 0, 0, 0, 0),
            Number = match.At.Number,
            Source = flow.Source,
            Destination = flow.Destination,
            Protocol = flow.Protocol,
            HasPorts = flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
            SourcePort = flow.SourcePort,
            DestinationPort = flow.DestinationPort,
            Payload = match.Text,
            PayloadLength = match.Text.Length,
            HasMatch = true,
            MatchStart = match.TextOffset,
            MatchLength = match.Length,
            Pattern = match.Pattern,
            Part = match.Part,
            StreamOffset = match.Offset,
            FirstPacket = match.FirstPacket,
        };
    }
}
