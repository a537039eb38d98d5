using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Live;

namespace Vittne.Engine.Grep;

/// <summary>
/// Searches captures packet by packet: read, judge on all threads, collect in order. Nothing but the payload's place is decoded, and batches do
/// not depend on each other; what does is left to the collector.
/// </summary>
/// <param name="options">What is searched for.</param>
/// <param name="input">What is read.</param>
/// <param name="writer">Takes what is shown.</param>
public sealed class GrepRun(GrepOptions options, GrepInput input, IGrepWriter writer)
{
    /// <summary>How long to wait for packets before something else gets its turn.</summary>
    private const int WaitMilliseconds = 100;

    /// <summary>Batches that one thread has through before others could be started.</summary>
    private const int ShortCapture = 4;

    private readonly GrepSummary _summary = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private readonly GrepMatcher[] _matchers = new GrepMatcher[Math.Max(1, input.Workers)];
    private GrepCollector? _collector;

    /// <summary>Reads everything.</summary>
    /// <param name="cancellation">Stops reading; what was read so far is finished and told.</param>
    public GrepSummary Run(CancellationToken cancellation)
    {
        for (int i = 0; i < _matchers.Length; i++)
        {
            _matchers[i] = new GrepMatcher(options, input.Filter);
        }

        _collector = new GrepCollector(options, input, _summary, writer);
        if (input.Live is { } live)
        {
            ReadLive(live, cancellation);
        }

        for (int i = 0; i < input.Captures.Count && !cancellation.IsCancellationRequested && !_collector.IsOver; i++)
        {
            ReadCapture(input.Captures[i], i, cancellation);
        }

        writer.Flush();
        _summary.FlowsForgotten = _collector.HasForgottenFlows;
        _summary.StepLimits = options.Patterns.StepLimits;
        if (input.Filter is { RefusedPackets: > 0 } filter)
        {
            _summary.Notes.Add($"{filter.RefusedPackets} packets have a link type without the words of the filter expression and were left out");
        }

        _summary.IsStopped = cancellation.IsCancellationRequested && input.Live is null;
        return _summary;
    }

    private void ReadCapture(string path, int number, CancellationToken cancellation)
    {
        CaptureReader reader;
        try
        {
            reader = CaptureReader.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add(e.Message);
            return;
        }

        using (reader)
        {
            var pipeline = new GrepPipeline(
                slot =>
                {
                    bool isMore = reader.Read(slot.Batch.Packets) == ReadOutcome.More;
                    Enter(slot, number);
                    ReportProgress(path, reader);
                    return isMore && !cancellation.IsCancellationRequested && !_collector!.IsOver;
                },
                Collect);
            pipeline.Run(_matchers, ShortCapture);
            _summary.CapturesRead++;
            _summary.CapturesCut += reader.Outcome is ReadOutcome.Cut or ReadOutcome.Damaged ? 1 : 0;
            foreach (string note in reader.Notes)
            {
                _summary.Notes.Add($"{path}: {note}");
            }
        }
    }

    // One thread: packets of an interface are to be shown at once, and one keeps up with any.
    private void ReadLive(ILiveSource live, CancellationToken cancellation)
    {
        var slot = new GrepSlot();
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More)
        {
            if (cancellation.IsCancellationRequested || _collector!.IsOver)
            {
                live.Stop();
            }

            if (!live.Wait(milliseconds: 0))
            {
                writer.Flush();
                input.Turn?.Invoke();
                if (!live.Wait(WaitMilliseconds))
                {
                    continue;
                }
            }

            outcome = live.Read(slot.Batch.Packets);
            Enter(slot, capture: 0);
            _matchers[0].Match(slot);
            Collect(slot);
        }

        if (live.Failure is { } failure)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add($"{live.Name} {failure}");
        }
        else
        {
            _summary.CapturesRead++;
        }
    }

    private void Enter(GrepSlot slot, int capture)
    {
        PacketBatch packets = slot.Batch.Packets;
        _summary.Packets += packets.Count;
        slot.Capture = capture;
        if (input.FromNs == long.MinValue && input.ToNs == long.MaxValue)
        {
            return;
        }

        int kept = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            PacketRef packet = packets.Packets[i];
            if (packet.TimestampNs >= input.FromNs && packet.TimestampNs <= input.ToNs)
            {
                packets.Packets[kept++] = packet;
            }
        }

        packets.Count = kept;
    }

    private void Collect(GrepSlot slot)
    {
        if (!_collector!.IsOver)
        {
            _collector.Collect(slot);
        }

        slot.Batch.Packets.Return();
    }

    private void ReportProgress(string path, CaptureReader reader)
    {
        if (input.Progress is { } progress && _sinceProgress.ElapsedMilliseconds >= 100)
        {
            _sinceProgress.Restart();
            progress(path, reader.BytesRead, reader.BytesTotal);
        }
    }
}
