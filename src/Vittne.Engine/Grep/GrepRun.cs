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
    // Enough to keep threads busy while one of them has a heavy batch; small enough for caches.
    private const int SlotsPerThread = 4;

    /// <summary>How long to wait for packets before something else gets its turn.</summary>
    private const int WaitMilliseconds = 100;

    private readonly GrepSummary _summary = new();
    private readonly Queue<GrepSlot> _inFlight = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private GrepCollector? _collector;
    private GrepPool? _pool;
    private GrepSlot[] _slots = [];
    private int _nextSlot;

    /// <summary>Reads everything.</summary>
    /// <param name="cancellation">Stops reading; what was read so far is finished and told.</param>
    public GrepSummary Run(CancellationToken cancellation)
    {
        int threads = Math.Max(1, input.Workers);
        _slots = new GrepSlot[threads == 1 ? 1 : threads * SlotsPerThread];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new GrepSlot();
        }

        _collector = new GrepCollector(options, input, _summary, writer);
        using GrepPool pool = _pool = new GrepPool(options, input.Filter, threads - 1);
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
            ReadOutcome outcome = ReadOutcome.More;
            while (outcome == ReadOutcome.More && !cancellation.IsCancellationRequested && !_collector!.IsOver)
            {
                GrepSlot slot = TakeSlot();
                outcome = reader.Read(slot.Batch.Packets);
                Post(slot, number);
                ReportProgress(path, reader);
            }

            _summary.CapturesRead++;
            _summary.CapturesCut += outcome is ReadOutcome.Cut or ReadOutcome.Damaged ? 1 : 0;

            // The bytes of its batches are valid only as long as the reader is.
            DrainAll();
            foreach (string note in reader.Notes)
            {
                _summary.Notes.Add($"{path}: {note}");
            }
        }
    }

    private void ReadLive(ILiveSource live, CancellationToken cancellation)
    {
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More)
        {
            if (cancellation.IsCancellationRequested || _collector!.IsOver)
            {
                live.Stop();
            }

            if (!live.Wait(milliseconds: 0))
            {
                DrainAll();
                writer.Flush();
                input.Turn?.Invoke();
                if (!live.Wait(WaitMilliseconds))
                {
                    continue;
                }
            }

            GrepSlot slot = TakeSlot();
            outcome = live.Read(slot.Batch.Packets);
            Post(slot, capture: 0);
        }

        DrainAll();
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

    private void Post(GrepSlot slot, int capture)
    {
        PacketBatch packets = slot.Batch.Packets;
        _summary.Packets += packets.Count;
        if (input.FromNs != long.MinValue || input.ToNs != long.MaxValue)
        {
            KeepWithinTime(packets);
        }

        slot.Capture = capture;
        _pool!.Post(slot);
        _inFlight.Enqueue(slot);
    }

    private void KeepWithinTime(PacketBatch packets)
    {
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

    private GrepSlot TakeSlot()
    {
        if (_inFlight.Count == _slots.Length)
        {
            CollectOldest();
        }

        GrepSlot slot = _slots[_nextSlot];
        _nextSlot = (_nextSlot + 1) % _slots.Length;
        return slot;
    }

    private void CollectOldest()
    {
        GrepSlot slot = _inFlight.Dequeue();
        _pool!.Finish(slot);
        if (!_collector!.IsOver)
        {
            _collector.Collect(slot);
        }

        slot.Batch.Packets.Return();
    }

    private void DrainAll()
    {
        while (_inFlight.Count > 0)
        {
            CollectOldest();
        }
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
