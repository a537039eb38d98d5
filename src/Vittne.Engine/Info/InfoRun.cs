using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Engine.Info.Deep;

namespace Vittne.Engine.Info;

/// <summary>Describes a capture from the headers of its packets, and makes its digests on the way.</summary>
/// <param name="options">What to look for.</param>
public sealed class InfoRun(InfoOptions options)
{
    private const int ProgressBatches = 256;

    private static readonly CaptureReaderOptions Reading = new() { KeepsFrameCheckSequence = true };

    /// <summary>Reads one capture.</summary>
    /// <exception cref="CaptureFormatException">It is none.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public CaptureInfo Read(string path, CancellationToken cancellation)
    {
        if (path == CaptureReader.StandardInput)
        {
            return ReadStream(path, Console.OpenStandardInput(), cancellation);
        }

        long length = 0;
        if (File.Exists(path))
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return ReadStream(path, stream, cancellation);
            }

            length = stream.Length;
            stream.Dispose();
        }

        return ReadFile(path, length, cancellation);
    }

    private CaptureInfo ReadFile(string path, long length, CancellationToken cancellation)
    {
        using CaptureReader reader = CaptureReader.Open(path, Reading);
        length = reader.BytesTotal ?? length;
        using var digests = new DigestSet(options.Digests, length);
        using var digester = new FileDigester(path, digests, length, mayHaveThread: !options.IsDeep);
        using DeepRun? deep = options.IsDeep ? new DeepRun(options.Workers > 1, options.NowNs, digester) : null;
        var facts = new HeaderFacts();
        Walk(reader, facts, digester, deep, cancellation);
        DeepReport? report = deep?.Finish(reader.Sections);
        return Describe(reader, facts, length, digester.Finish() ? digests.Finish() : [], report);
    }

    private CaptureInfo ReadStream(string path, Stream input, CancellationToken cancellation)
    {
        using Stream stream = input;
        using var digests = new DigestSet(options.Digests, long.MaxValue);
        var passing = new DigestingStream(stream, digests);
        using CaptureReader reader = CaptureReader.Open(passing, path, Reading);
        using DeepRun? deep = options.IsDeep ? new DeepRun(options.Workers > 1, options.NowNs, digests: null) : null;
        var facts = new HeaderFacts();
        Walk(reader, facts, digester: null, deep, cancellation);
        DeepReport? report = deep?.Finish(reader.Sections);
        passing.Drain();
        return Describe(reader, facts, passing.Passed, digests.Finish(), report);
    }

    private void Walk(CaptureReader reader, HeaderFacts facts, FileDigester? digester, DeepRun? deep, CancellationToken cancellation)
    {
        var own = new PacketBatch();
        int untilProgress = ProgressBatches;
        for (ReadOutcome outcome = ReadOutcome.More; outcome == ReadOutcome.More && !cancellation.IsCancellationRequested;)
        {
            DeepBatch? shared = deep?.Rent();
            PacketBatch batch = shared?.Decoded.Packets ?? digester?.Rent() ?? own;
            outcome = reader.Read(batch);
            facts.Add(batch);
            if (shared is not null)
            {
                deep!.Post(shared);
            }
            else
            {
                digester?.Take(batch);
            }

            if (--untilProgress == 0)
            {
                untilProgress = ProgressBatches;
                options.Progress?.Invoke(reader.Path, reader.BytesRead, reader.BytesTotal);
            }
        }
    }

    private static CaptureInfo Describe(CaptureReader reader, HeaderFacts facts, long fileBytes, IReadOnlyList<FileDigest> digests, DeepReport? deep)
    {
        var interfaces = new List<InterfaceInfo>();
        for (int section = 0; section < reader.Sections.Count; section++)
        {
            IReadOnlyList<CaptureInterface> described = reader.Sections[section].Interfaces;
            for (int i = 0; i < described.Count; i++)
            {
                interfaces.Add(new InterfaceInfo(interfaces.Count, section, described[i], facts.PacketsOf(reader.Sections[section], i)));
            }
        }

        long packets = reader.Counters.Packets;
        bool hasTimes = packets > 0 && reader.Counters.NoTimestamp == 0;
        bool hasCuts = facts.CutPackets > 0;
        return new CaptureInfo
        {
            File = reader.Path,
            Format = reader.Format,
            Compression = reader.Compression,
            Section = reader.Sections.Count > 0 ? reader.Sections[0] : null,
            Sections = reader.Sections.Count,
            Interfaces = interfaces,
            LinkTypes = [.. interfaces.Select(static item => item.Source.LinkType).Distinct().Order()],
            TimePrecision = PrecisionOf(interfaces),
            SnapLength = SnapLengthOf(interfaces),
            SnapLengthInferredMin = hasCuts ? facts.CutMin : null,
            SnapLengthInferredMax = hasCuts ? facts.CutMax : null,
            CutPackets = facts.CutPackets,
            Packets = packets,
            FileBytes = fileBytes,
            DataBytes = facts.DataBytes - reader.Counters.BytesAboveOriginal,
            CapturedBytes = facts.CapturedBytes,
            FirstNs = hasTimes ? facts.FirstNs : null,
            LastNs = hasTimes ? facts.LastNs : null,
            Digests = digests,
            Deep = deep,
            Counters = reader.Counters,
            Damage = reader.Damage,
            Damages = reader.Damages,
            Notes = reader.Notes,
        };
    }

    private static string? PrecisionOf(List<InterfaceInfo> interfaces)
    {
        const ulong Micro = 1_000_000;
        const ulong Nano = 1_000_000_000;
        ulong? common = interfaces.Count > 0 ? interfaces[0].TicksPerSecond : null;
        return common is not { } ticks || interfaces.Exists(item => item.TicksPerSecond != common) ? null
            : ticks == Micro ? "microseconds"
            : ticks == Nano ? "nanoseconds"
            : $"1/{ticks} s";
    }

    private static uint? SnapLengthOf(List<InterfaceInfo> interfaces)
    {
        uint common = interfaces.Count > 0 ? interfaces[0].Source.SnapLength : 0;
        return common == 0 || interfaces.Exists(item => item.Source.SnapLength != common) ? null : common;
    }
}
