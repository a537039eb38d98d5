using Vittne.Capture.Writing;
using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>Writes the streams of captures into files. Workers write; names are given in packet order, so they do not depend on the workers.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="input">What is read.</param>
public sealed class StreamsRun(StreamsOptions options, SpineOptions input)
{
    private const string IndexName = "index.jsonl";
    private const string AlertsName = "alerts.txt";

    private readonly List<StreamsStage> _stages = [];
    private readonly StreamNames _names = new(options);
    private long _bytes;
    private long _filesWithGaps;
    private long _gapBytes;
    private long _conflictBytes;

    /// <summary>Reads everything and writes the files and their index.</summary>
    /// <param name="cancellation">Stops reading; what was read so far is written.</param>
    public StreamsSummary Run(CancellationToken cancellation)
    {
        bool isShown = options.Console is not null;
        using StreamIndex? index = isShown ? null : new StreamIndex(Path.Join(options.Folder, IndexName));
        using StreamAlerts? alerts = isShown ? null : new StreamAlerts(Path.Join(options.Folder, AlertsName));
        SpineSummary read;
        try
        {
            read = new SpineRun(input, CreateStage, record => Collect(record, index, alerts)).Run(cancellation);
        }
        catch (OutputException)
        {
            // What was written stays, and the list of it.
            index?.Flush();
            throw;
        }

        index?.Flush();

        var flows = new FlowCounters();
        foreach (StreamsStage stage in _stages)
        {
            flows.Add(stage.Flows);
        }

        return new StreamsSummary
        {
            Input = read,
            Flows = flows,
            Files = _names.Count,
            Bytes = _bytes,
            FilesWithGaps = _filesWithGaps,
            GapBytes = _gapBytes,
            ConflictBytes = _conflictBytes,
            Alerts = alerts?.Count ?? 0,
        };
    }

    private StreamsStage CreateStage(IRecordSink output)
    {
        int workers = SpineRun.WorkersOf(input.Workers);
        var store = new StreamStore(options.Folder, options.MemoryBytes / workers, Math.Max(1, options.OpenFiles / workers));
        var stage = new StreamsStage(options, store, output);
        _stages.Add(stage);
        return stage;
    }

    private void Collect(Record record, StreamIndex? index, StreamAlerts? alerts)
    {
        switch (record)
        {
            case StreamOpened opened:
                opened.File.Bytes.SetPath(_names.Next(opened.File));
                break;
            case StreamClosed closed:
                Close(closed, index!);
                break;
            case StreamText text:
                options.Console!.Write(text.Flow, text.Direction, text.File.Bytes.Path, text.Data, text.At);
                break;
            case AnomalyRecord anomaly:
                alerts?.Write(anomaly);
                break;
        }
    }

    private void Close(StreamClosed closed, StreamIndex index)
    {
        StreamFile file = closed.File;
        if (closed.IsUnwritten)
        {
            file.Complete();
        }

        _bytes += file.Bytes.Length;
        _filesWithGaps += file.Gaps.Bytes > 0 ? 1 : 0;
        _gapBytes += file.Gaps.Bytes;
        _conflictBytes += file.ConflictBytes;
        index.Write(closed);
    }
}
