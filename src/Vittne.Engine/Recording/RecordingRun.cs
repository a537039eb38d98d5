using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Live;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Files;

namespace Vittne.Engine.Recording;

/// <summary>Writes what an interface receives into a file or a series of files, until it is stopped.</summary>
public sealed class RecordingRun : IDisposable
{
    /// <summary>Longest wait for packets: how late a stop is noticed when nothing comes.</summary>
    private const int WaitMilliseconds = 100;

    /// <summary>How often buffers are handed on and the disk is looked at.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly RecordingOptions _options;
    private readonly ILiveSource _source;
    private readonly SeriesSink _sink;
    private readonly RecordingSummary _summary = new();
    private readonly PacketBatch _batch = new();
    private readonly Stopwatch _sinceLook = Stopwatch.StartNew();
    private CaptureWriter? _writer;
    private CaptureSection? _section;
    private long _closedBytes;

    private bool IsOver =>
        _sink.IsOver || _summary.Packets >= _options.MaxPackets || _closedBytes + (_writer?.Length ?? 0) >= _options.MaxBytes;

    /// <summary>Opens the first file, unless its name needs the time of a packet.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public RecordingRun(RecordingOptions options, ILiveSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        _options = options;
        _source = source;
        _sink = new SeriesSink(Create, options.Split ?? new OneFile(options.Path), Closed);
        if (options.Split is null)
        {
            _sink.Open(0);
        }
    }

    /// <summary>Records until the source ends.</summary>
    public RecordingSummary Run(CancellationToken cancellation)
    {
        try
        {
            Record(cancellation);
            Finish();
        }
        catch (OutputException failure)
        {
            _summary.OutputFailure = failure.Message;
            _summary.IsReaderGone = failure.IsReaderGone;
            _sink.Rescue();
        }

        _summary.Counters = _source.Counters();
        _summary.SourceFailure = _source.Failure;
        return _summary;
    }

    /// <inheritdoc/>
    public void Dispose() => _sink.Dispose();

    private void Record(CancellationToken cancellation)
    {
        LookAtDisk();
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More)
        {
            if (cancellation.IsCancellationRequested)
            {
                _source.Stop();
            }

            if (_source.Wait(WaitMilliseconds))
            {
                outcome = _source.Read(_batch);
                Write();
                _batch.Return();
            }

            if (_sinceLook.Elapsed > LookInterval)
            {
                Look();
            }

            _options.Turn?.Invoke(_summary.Packets);
        }
    }

    private void Write()
    {
        for (int i = 0; i < _batch.Count; i++)
        {
            if (_options.Filter is { } filter && !filter.Matches(_batch, i))
            {
                continue;
            }

            if (IsOver)
            {
                return;
            }

            _section = _batch.Section;
            _sink.Write(OutputPacket.Of(_batch, i, 1));
            _summary.Packets += _sink.IsOver ? 0 : 1;
            if (IsOver)
            {
                _source.Stop();
            }
        }

        if (_options.FlushesEach && _batch.Count > 0)
        {
            _sink.FlushThrough();
        }
    }

    private void Look()
    {
        _sinceLook.Restart();
        _sink.FlushThrough();
        LookAtDisk();
    }

    private void LookAtDisk()
    {
        if (_options.MinFreeBytes > 0 && FreeBytes() < _options.MinFreeBytes && !_summary.IsDiskFull)
        {
            _summary.IsDiskFull = true;
            _source.Stop();
        }
    }

    private long FreeBytes() => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(_options.Path))!).AvailableFreeSpace;

    /// <summary>Ends the last file, with the counts of the kernel where there is a place for them.</summary>
    private void Finish()
    {
        if (_writer is PcapngWriter writer && _section is { } section)
        {
            LiveCounters counters = _source.Counters();
            long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            writer.WriteStatistics(section, 0, now, new InterfaceStatistics(
                (ulong)counters.Received, (ulong)counters.DroppedByInterface, null, (ulong)counters.DroppedByKernel, (ulong)_summary.Packets));
        }

        _sink.Complete();
    }

    private CaptureWriter Create(string name)
    {
        var output = CaptureOutput.OpenGrowing(name, _options.Path);
        _writer = _options.IsPcapng
            ? new PcapngWriter(output, new PcapngWriterOptions())
            : new PcapWriter(output, new PcapHeader(_source.LinkType, (uint)_options.SnapLength, _options.IsNanosecond));
        return _writer;
    }

    private void Closed(CaptureWriter file)
    {
        _closedBytes += file.Length;
        _options.Closed?.Invoke(file);
    }

    /// <summary>A series of one file.</summary>
    private sealed class OneFile(string path) : IFileSplit
    {
        public bool IsOver => false;

        public bool Begins(in OutputPacket packet, CaptureWriter current) => false;

        public string NextName(long timestampNs) => path;
    }
}
