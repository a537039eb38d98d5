using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Capture.Writing;
using Vittne.Cli.Rendering;
using Vittne.Engine.Recording;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne capture</c>, read and checked.</summary>
internal sealed class CaptureRequest
{
    /// <summary>Who to become when started as root: one who may do nothing.</summary>
    private const string Nobody = "nobody";

    private const int MaxRings = 64;

    private readonly RotationRequest _files = new();
    private LiveRequest? _live;
    private string? _path;
    private bool _isPcapng;
    private bool _isMicrosecond;
    private bool _flushes;
    private long _maxPackets = long.MaxValue;
    private long _maxBytes = long.MaxValue;
    private long _minFreeBytes;

    /// <summary>Which interface, and how.</summary>
    public LiveRequest Live => _live!;

    /// <summary>The file to write.</summary>
    public string Path => _path!;

    /// <summary>The words of the expression; null without any.</summary>
    public string? Words { get; private set; }

    /// <summary>Whether files are made after the rights of root were given up.</summary>
    public bool OpensFilesLater => _files.Split is not null;

    public bool IsQuiet { get; private set; }

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(CaptureArguments o, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out CaptureRequest? request)
    {
        var r = new CaptureRequest();
        string? problem = r.Read(o, parsed);
        request = problem is null ? r : null;
        if (problem is not null)
        {
            error.WriteLine($"vittne: capture: {problem}");
        }

        return problem is null;
    }

    /// <summary>What the run needs to know.</summary>
    public RecordingOptions Options(PacketFilter? expression, TextWriter output, Action<long> turn) => new()
    {
        Path = Path,
        Filter = expression,
        MaxPackets = _maxPackets,
        IsPcapng = _isPcapng,
        IsNanosecond = !_isMicrosecond,
        SnapLength = Live.Options.SnapLength,
        MaxBytes = _maxBytes,
        MinFreeBytes = _minFreeBytes,
        FlushesEach = _flushes,
        Split = _files.Split,
        Closed = _files.TellsFiles ? file => RotationRequest.Tell(file, output) : null,
        Turn = turn,
    };

    private string? Read(CaptureArguments o, ParseResult parsed)
    {
        IsQuiet = parsed.GetValue(o.Quiet);
        _path = parsed.GetValue(o.Write);
        _isMicrosecond = parsed.GetValue(o.Micro);
        _flushes = parsed.GetValue(o.Flush);
        if (_path is null)
        {
            return "name a file to write: -w FILE, or -w - for standard output";
        }

        if (_path == CaptureOutput.StandardOutput && !Console.IsOutputRedirected)
        {
            return "packets are no text for a terminal; send standard output to a file or a program";
        }

        string? format = parsed.GetValue(o.Format);
        if (format is not (null or "pcap" or "pcapng"))
        {
            return $"there is no format '{TerminalText.Escape(format)}'; there are pcap and pcapng";
        }

        _isPcapng = format is null ? CaptureOutput.IsPcapngName(_path) : format == "pcapng";
        string[] words = parsed.GetValue(o.Words) ?? [];
        Words = words.Length > 0 ? string.Join(' ', words) : null;
        return ReadSizes(o, parsed) ?? _files.Read(o.Files, parsed, _path) ?? ReadLive(o, parsed);
    }

    private string? ReadSizes(CaptureArguments o, ParseResult parsed)
    {
        if (parsed.GetValue(o.Size) is { } size && !Amounts.TrySize(size, out _maxBytes))
        {
            return $"--size '{TerminalText.Escape(size)}' is no size; write 100 for a hundred million bytes, or 64MiB";
        }

        if (parsed.GetValue(o.MinFree) is { } free && !Amounts.TrySize(free, out _minFreeBytes))
        {
            return $"--min-free '{TerminalText.Escape(free)}' is no size; write 1000 for a thousand million bytes, or 4GiB";
        }

        return null;
    }

    private string? ReadLive(CaptureArguments o, ParseResult parsed)
    {
        if (LiveRequest.Read(o.Live, parsed, out _live) is { } problem)
        {
            return problem;
        }

        int snapLength = parsed.GetValue(o.SnapLength);
        if (_live is null)
        {
            return $"name an interface: -i IFACE; vittne capture -D lists them, and -i {LiveCapture.Any} reads all";
        }

        if (snapLength is < 1 or > 262_144)
        {
            return "--snap-length must be 1 to 262144";
        }

        int rings = parsed.GetValue(o.Workers);
        if (rings is < 1 or > MaxRings)
        {
            return $"--workers must be 1 to {MaxRings}";
        }

        // The kernel may hand over more packets than match: they are counted when they are written.
        _maxPackets = _live.Options.MaxPackets;
        LiveCaptureOptions options = _live.Options with
        {
            SnapLength = snapLength,
            MaxPackets = long.MaxValue,
            Rings = rings,
            WaitsForReturn = parsed.GetValue(o.Retry),
        };
        _live = _live.With(
            parsed.GetValue(o.Immediate) ? options with { RetireMilliseconds = 1 } : options,
            _live.User ?? (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? Nobody : null));
        return null;
    }
}
