using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>Reads captures and writes the packets that are wanted, in the order of the inputs.</summary>
/// <param name="options">Which packets, and where to.</param>
public sealed class FilterRun(FilterOptions options)
{
    private static readonly CaptureReaderOptions Reading = new() { Verbatim = true };

    private readonly FilterSummary _summary = new();
    private readonly PacketSelection _selection = new(options);
    private readonly PacketBatch _batch = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private readonly OutputForm _form = new();
    private IPacketSink? _sink;
    private bool _isOver;

    /// <summary>Does it all.</summary>
    public FilterSummary Run(CancellationToken cancellation)
    {
        try
        {
            foreach (string path in options.Captures)
            {
                if (_isOver || _summary.Refusal is not null || cancellation.IsCancellationRequested)
                {
                    break;
                }

                ReadCapture(path, cancellation);
            }

            _summary.IsStopped = cancellation.IsCancellationRequested;
            _sink?.Complete();
        }
        catch (OutputException failure)
        {
            _summary.OutputFailure = failure.Message;
            _summary.IsReaderGone = failure.IsReaderGone;
            _sink?.Rescue();
        }
        finally
        {
            _sink?.Dispose();
        }

        return _summary;
    }

    private void ReadCapture(string path, CancellationToken cancellation)
    {
        CaptureReader reader;
        try
        {
            reader = CaptureReader.Open(path, Reading);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add(e.Message);
            return;
        }

        using (reader)
        {
            var input = new FilterInput(reader);
            ReadOutcome outcome = ReadOutcome.More;
            while (outcome == ReadOutcome.More && !_isOver && !cancellation.IsCancellationRequested)
            {
                outcome = reader.Read(_batch);
                if (!IsReady(reader, input))
                {
                    return;
                }

                Take(input);
                ReportProgress(path, reader);
            }

            _summary.CapturesRead++;
            _summary.CapturesCut += outcome is ReadOutcome.Cut or ReadOutcome.Damaged ? 1 : 0;
            foreach (string note in reader.Notes)
            {
                _summary.Notes.Add($"{path}: {note}");
            }
        }
    }

    /// <summary>Opens the output once it is known what it has to hold.</summary>
    private bool IsReady(CaptureReader reader, FilterInput input)
    {
        if (_sink is null && options.OutputPath is not null)
        {
            _form.Add(reader, _batch);
            if (!options.IsPcapng && _form.LinkTypes.Count > 1)
            {
                _summary.Refusal = $"{reader.Path} has packets of link types {string.Join(", ", _form.LinkTypes)}, of which pcap holds one only; use --format pcapng";
                return false;
            }

            PcapHeader header = _form.Header(options.IsNanosecond);
            _sink = new FileSink(new PcapWriter(CaptureOutput.Open(options.OutputPath), header), header.IsNanosecond);
        }

        input.Direct ??= options.SnapLength is null ? _sink?.TakesRecordsOf(reader) : null;
        return true;
    }

    private void Take(FilterInput input)
    {
        if (input.Direct is { } writer && !HasLongPackets(input))
        {
            TakeRuns(writer);
            return;
        }

        int count = _batch.Count;
        for (int i = 0; i < count && !_isOver; i++)
        {
            _sink?.WriteBlocks(_batch, i);
            if (_selection.Keeps(_batch.Packets[i], ++_summary.Packets))
            {
                _isOver = ++_summary.Kept >= options.MaxPackets;
                if (_sink is not null)
                {
                    OutputPacket packet = input.Packet(_batch, i);
                    if (packet.Data.Length > options.SnapLength)
                    {
                        packet.Data = packet.Data[..options.SnapLength.Value];
                    }

                    _sink.Write(packet);
                }
            }
        }

        _sink?.WriteBlocks(_batch, count);
    }

    /// <summary>Records that are wanted one after another are written as they lie in memory.</summary>
    private void TakeRuns(PcapWriter writer)
    {
        int count = _batch.Count;
        long most = options.MaxPackets - _summary.Kept;
        if (_selection.IsEverything)
        {
            int taken = (int)Math.Min(count, most);
            Copy(writer, 0, taken);
            _summary.Packets += taken;
            return;
        }

        int first = 0;
        int index = 0;
        for (; index < count && !_isOver; index++)
        {
            if (!_selection.Keeps(_batch.Packets[index], ++_summary.Packets))
            {
                Copy(writer, first, index);
                first = index + 1;
            }
            else
            {
                _isOver = _summary.Kept + index + 1 - first >= options.MaxPackets;
            }
        }

        Copy(writer, first, index);
    }

    private void Copy(PcapWriter writer, int first, int end)
    {
        if (end > first)
        {
            writer.WriteRecords(_batch.Records(first, end), end - first);
            _summary.Kept += end - first;
            _isOver |= _summary.Kept >= options.MaxPackets;
        }
    }

    /// <summary>Whether a packet is longer than its file says that packets can be, which libpcap then cuts.</summary>
    private bool HasLongPackets(FilterInput input)
    {
        int limit = input.SnapLength;
        foreach (ref readonly PacketRef packet in _batch.Packets.AsSpan(0, _batch.Count))
        {
            if (packet.CapturedLength > limit)
            {
                return true;
            }
        }

        return false;
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
