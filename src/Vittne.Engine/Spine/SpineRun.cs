using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Engine.Spine.Terms;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Spine;

/// <summary>
/// Runs captures through the spine: read, decode, hand out to workers, collect in packet order. The calling thread reads, decodes, collects and
/// does workers' work while it would wait; with one worker it does everything.
/// </summary>
/// <param name="options">What to read.</param>
/// <param name="createStage">Makes the stage of a worker, given where its records go.</param>
/// <param name="collect">Takes all records in packet order.</param>
public sealed partial class SpineRun(SpineOptions options, Func<IRecordSink, IPacketStage> createStage, Action<Record> collect)
{
    // Enough to keep workers busy while one of them has a heavy batch; small enough for caches.
    private const int SlotsPerThread = 4;

    // So that a thread with less to read has more to do.
    private const int WorkersPerThread = 2;

    // Packets whose flows are ended together at the end of the input.
    private const int EndPart = 16_384;

    private readonly PacketDecoder _decoder = new(options.Decoding);
    private readonly SpineSummary _summary = new();
    private readonly Queue<BatchSlot> _inFlight = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private BatchSlot[] _slots = [];
    private WorkerPool? _pool;
    private FlowFilter? _flowFilter;
    private PacketStamp _now = new(long.MinValue, 0, 0, 0);
    private int _nextSlot;

    /// <summary>Reads everything.</summary>
    /// <param name="cancellation">Stops reading; what was read so far is finished and told.</param>
    public SpineSummary Run(CancellationToken cancellation)
    {
        _flowFilter = FlowFilter.Of(options, cancellation);
        using WorkerPool pool = _pool = Start();
        if (options.Live is { } live)
        {
            ReadLive(live, cancellation);
        }

        for (int i = 0; i < options.Captures.Count && !cancellation.IsCancellationRequested; i++)
        {
            ReadCapture(options.Captures[i], i, cancellation);
        }

        Finish();
        // To be stopped is the regular end of a live source.
        _summary.IsStopped = cancellation.IsCancellationRequested && options.Live is null;
        _summary.NotDecodedBy = _decoder.Counters.NotDecoded();
        _summary.NotDecoded = _summary.NotDecodedBy.Sum(reason => reason.Packets);
        _summary.Notes.AddRange(_decoder.Counters.Warnings);
        if (options.Filter is { } filter)
        {
            _summary.Notes.AddRange(filter.Refusals());
        }

        if (_flowFilter is { Dropped: > 0 } flows)
        {
            _summary.Notes.Add($"{flows.Dropped} flows were left out because too many have a name that the filter asks for");
        }

        return _summary;
    }

    /// <summary>How many stages a run with so many threads has.</summary>
    internal static int WorkersOf(int threads) => threads <= 1 ? 1 : Math.Min(threads * WorkersPerThread, FlowTracker.Shards);

    private WorkerPool Start()
    {
        int threads = Math.Clamp(options.Workers, 1, FlowTracker.Shards);
        int count = WorkersOf(threads);
        _slots = new BatchSlot[threads == 1 ? 1 : threads * SlotsPerThread];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new BatchSlot(count);
        }

        var workers = new SpineWorker[count];
        for (int i = 0; i < count; i++)
        {
            var sink = new SlotSink(i);
            IPacketStage stage = createStage(sink);
            stage.SetShare(i, count);
            workers[i] = new SpineWorker(stage, sink, i, count);
        }

        // What a live run tells is flushed by the thread that reads, so that one tells it.
        return new WorkerPool(workers, helpers: threads - 1, slot => RecordMerger.Drain(slot.Output, collect), helpersCollect: options.Live is null);
    }

    private void ReadCapture(string path, int number, CancellationToken cancellation)
    {
        CaptureReader reader;
        try
        {
            var reading = new CaptureReaderOptions { SecretsFirst = options.SecretsFirst && options.Secrets is not null };
            reader = path == CaptureReader.StandardInput && options.StandardInput is { } input
                ? CaptureReader.Open(input, path, reading)
                : CaptureReader.Open(path, reading);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add(e.Message);
            return;
        }

        using (reader)
        {
            int secretsTaken = 0;
            TakeSecrets(reader, ref secretsTaken);
            ReadOutcome outcome = ReadOutcome.More;
            while (outcome == ReadOutcome.More && !cancellation.IsCancellationRequested)
            {
                BatchSlot slot = TakeSlot();
                outcome = reader.Read(slot.Batch.Packets);
                TakeSecrets(reader, ref secretsTaken);
                Dispatch(slot, number);
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

    private void Dispatch(BatchSlot slot, int capture)
    {
        PacketBatch packets = slot.Batch.Packets;
        _summary.Packets += packets.Count;
        if (options.FromNs != long.MinValue || options.ToNs != long.MaxValue)
        {
            KeepWithinTime(packets);
        }

        if (_flowFilter is null && options.Filter is { } filter)
        {
            KeepFiltered(packets, filter);
        }

        _decoder.Decode(slot.Batch);
        slot.Capture = capture;
        slot.FirstOrdinal = _now.Ordinal + 1;
        if (_flowFilter is not null)
        {
            LeaveOut(slot, _flowFilter);
        }

        if (packets.Count > 0)
        {
            long latest = _now.TimestampNs;
            for (int i = 0; i < packets.Count; i++)
            {
                latest = Math.Max(latest, packets.Packets[i].TimestampNs);
            }

            _now = new PacketStamp(latest, packets.Packets[packets.Count - 1].Number, _now.Ordinal + packets.Count, capture);
        }

        Post(slot, isLast: false);
    }

    private void KeepWithinTime(PacketBatch packets)
    {
        int kept = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            PacketRef packet = packets.Packets[i];
            if (packet.TimestampNs >= options.FromNs && packet.TimestampNs <= options.ToNs)
            {
                packets.Packets[kept++] = packet;
            }
        }

        _summary.OutsideTime += packets.Count - kept;
        packets.Count = kept;
    }

    private void KeepFiltered(PacketBatch packets, PacketFilter filter)
    {
        int kept = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            if (filter.Matches(packets, i))
            {
                packets.Packets[kept++] = packets.Packets[i];
            }
        }

        _summary.Filtered += packets.Count - kept;
        packets.Count = kept;
    }

    // Such packets stay in the batch, so that flows keep the numbers that they have without the filter.
    private void LeaveOut(BatchSlot slot, FlowFilter filter)
    {
        bool[] leftOut = slot.LeftOut ??= new bool[PacketBatch.Capacity];
        for (int i = 0; i < slot.Batch.Packets.Count; i++)
        {
            leftOut[i] = !filter.Matches(slot.Batch, i, slot.FirstOrdinal + i);
            _summary.Filtered += leftOut[i] ? 1 : 0;
        }
    }

    private void Post(BatchSlot slot, bool isLast)
    {
        slot.Now = _now;
        slot.IsLast = isLast;
        _pool!.Post(slot);
        _inFlight.Enqueue(slot);
    }

    private BatchSlot TakeSlot()
    {
        if (_inFlight.Count == _slots.Length)
        {
            CollectOldest();
        }

        BatchSlot slot = _slots[_nextSlot];
        slot.EndsUpTo = 0;
        _nextSlot = (_nextSlot + 1) % _slots.Length;
        return slot;
    }

    private void CollectOldest()
    {
        BatchSlot slot = _inFlight.Dequeue();
        _pool!.Finish(slot);
        slot.Batch.Packets.Return();
    }

    private void DrainAll()
    {
        while (_inFlight.Count > 0)
        {
            CollectOldest();
        }
    }

    private void Finish()
    {
        BatchSlot last = TakeSlot();
        last.Batch.Packets.Count = 0;
        _decoder.Flush(last.Batch);
        last.Capture = _now.Capture;
        last.FirstOrdinal = _now.Ordinal + 1;
        if (_pool!.EndsInParts)
        {
            Post(last, isLast: false);
            EndInParts();
            last = TakeEmptySlot();
        }

        Post(last, isLast: true);
        DrainAll();
    }

    // So that the records of all flows that are open at the end are never there at once.
    private void EndInParts()
    {
        for (long ordinal = EndPart; ordinal < _now.Ordinal + EndPart; ordinal += EndPart)
        {
            BatchSlot slot = TakeEmptySlot();
            slot.EndsUpTo = ordinal;
            Post(slot, isLast: false);
        }
    }

    private BatchSlot TakeEmptySlot()
    {
        BatchSlot slot = TakeSlot();
        slot.Batch.Packets.Count = 0;
        slot.Batch.Orphans.Clear();
        slot.Capture = _now.Capture;
        slot.FirstOrdinal = _now.Ordinal + 1;
        return slot;
    }

    private void ReportProgress(string path, CaptureReader reader)
    {
        if (options.Progress is not null && _sinceProgress.ElapsedMilliseconds >= 100)
        {
            _sinceProgress.Restart();
            options.Progress(path, reader.BytesRead, reader.BytesTotal);
        }
    }
}
