using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Cli.Rendering;
using Vittne.Engine.Grep;
using Vittne.Protocols.Patterns;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne grep</c>, read and checked.</summary>
internal sealed class GrepRequest
{
    private const int MaxWorkers = 64;
    private const int MinColumns = 6;

    /// <summary>More threads than this would wait for the one that reads.</summary>
    private const int DefaultWorkers = 8;

    private const int DefaultColumns = 80;

    private static readonly string[] Forms = ["normal", "byline", "none", "single"];

    private GrepTextOptions _text = new();
    private string _format = "text";
    private bool _isNamed;
    private bool _countsOnly;
    private bool _failsOnMatch;
    private bool _hasGrepStatus;
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;

    private GrepRequest(GrepOptions options) => Options = options;

    public GrepOptions Options { get; private set; }

    public IReadOnlyList<string> Captures { get; private set; } = [];

    /// <summary>Which packets are searched; null for all.</summary>
    public PacketFilter? Filter { get; private set; }

    public LiveRequest? Live { get; private set; }

    /// <summary>Whether the only capture still grows.</summary>
    public bool Follows { get; private set; }

    public string? OutputPath { get; private set; }

    /// <summary>Whether streams are searched and not packets.</summary>
    public bool SearchesStreams { get; private set; }

    /// <summary>The capture file that packets shown are written to; null for none.</summary>
    public string? PacketsPath { get; private set; }

    /// <summary>The capture file that flows of packets shown are written to; null for none.</summary>
    public string? FlowsPath { get; private set; }

    public bool IsQuiet { get; private set; }

    private int Workers { get; set; }

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(GrepArguments o, ParseResult parsed, TextWriter output, TextWriter error, [NotNullWhen(true)] out GrepRequest? request)
    {
        request = null;
        PacketFilter? filter = null;
        bool hasFlows = parsed.GetValue(o.Streams) || parsed.GetValue(o.Decoded);
        if (!hasFlows && !o.Expression.TryRead(parsed, error, out filter))
        {
            return false;
        }

        string[] words = parsed.GetValue(o.Words) ?? [];
        string[] files = parsed.GetValue(o.Patterns) ?? [];
        if (files.Length > 0)
        {
            words = ["", .. words];
        }

        BytePatternList? patterns = null;
        string? problem = words.Length == 0 ? "name a pattern to search for; \"\" matches every payload" : GrepPatterns.Read(o, parsed, words[0], files, out patterns);
        if (problem is null && patterns is not null)
        {
            var r = new GrepRequest(new GrepOptions { Patterns = patterns });
            problem = r.ReadInput(o, parsed, words) ?? r.ReadSearch(o, parsed) ?? r.ReadStreams(o, parsed) ?? r.ReadText(o, parsed, output) ?? r.ReadTimes(o, parsed);
            if (problem is null && hasFlows && !o.Expression.TryReadWithFlows(parsed, r.Live is null && !r.Follows ? r.Captures : null, error, out filter))
            {
                return false;
            }

            r.Filter = filter;
            request = problem is null ? r : null;
        }

        if (problem is not null)
        {
            error.WriteLine($"vittne: grep: {problem}");
        }

        return request is not null;
    }

    /// <summary>The writer of the form that was asked for.</summary>
    public IGrepWriter Writer(Stream results)
    {
        IReadOnlyList<string>? names = _isNamed || Captures.Count > 1 ? Captures : null;
        return _countsOnly ? new GrepTally(results, names)
            : _format == "json" ? new GrepJson(results, names)
            : new GrepText(results, _text with { Captures = _isNamed ? Captures : null });
    }

    /// <summary>What is read.</summary>
    public GrepInput Input(LiveSession? live, FollowedCapture? followed, ProgressLine? progress) => new()
    {
        Captures = live is null && followed is null ? Captures : [],
        Live = live?.Source ?? followed,
        Turn = live is null ? null : () => live.Show(events: 0),
        Filter = Filter,
        Workers = Workers,
        FromNs = _fromNs,
        ToNs = _toNs,
        Progress = progress is null ? null : progress.Show,
    };

    /// <summary>The status that the program ends with.</summary>
    public int StatusOf(GrepSummary summary) =>
        summary.IsStopped ? ExitCode.Interrupted
        : summary.CapturesFailed + summary.CapturesCut > 0 ? (_hasGrepStatus ? ExitCode.Usage : ExitCode.Error)
        : _failsOnMatch && summary.Matches > 0 ? ExitCode.Found
        : _hasGrepStatus && summary.Matches == 0 ? ExitCode.Error
        : ExitCode.Done;

    private string? ReadInput(GrepArguments o, ParseResult parsed, string[] words)
    {
        if (LiveRequest.Read(o.Live, parsed, out LiveRequest? live) is { } problem)
        {
            return problem;
        }

        Live = live;
        string[] names = [.. parsed.GetValue(o.Input) ?? [], .. words[1..]];
        if (live is not null)
        {
            Captures = [live.Interface];
            return names.Length > 0 ? "read an interface or captures, not both" : null;
        }

        Captures = CapturePaths.Expand(names);
        Follows = parsed.GetValue(o.Follow);
        return Follows && Captures.Count > 0 && FollowArguments.Problem(Captures) is { } unfit ? unfit
            : Captures.Count == 0 ? "no capture found; name a capture file behind the pattern, a folder with captures, or - for standard input" : null;
    }

    private string? ReadSearch(GrepArguments o, ParseResult parsed)
    {
        OutputPath = parsed.GetValue(o.Out);
        IsQuiet = parsed.GetValue(o.Quiet);
        _failsOnMatch = parsed.GetValue(o.FailOnMatch);
        _hasGrepStatus = parsed.GetValue(o.QuietStatus);
        _countsOnly = parsed.GetValue(o.CountOnly);
        _isNamed = parsed.GetValue(o.WithName);
        _format = parsed.GetValue(o.Format) ?? "text";
        bool hasWorkers = parsed.GetResult(o.Workers) is { Implicit: false };
        Workers = hasWorkers ? parsed.GetValue(o.Workers) : Math.Min(Environment.ProcessorCount, DefaultWorkers);
        bool hasLimit = parsed.GetResult(o.Limit) is { Implicit: false };
        Options = Options with
        {
            IsInverted = parsed.GetValue(o.Invert),
            ShowsEmpty = parsed.GetValue(o.ShowEmpty),
            MaxMatches = parsed.GetValue(o.MaxMatches),
            After = parsed.GetValue(o.After),
            Before = parsed.GetValue(o.Before),
            MaxLength = hasLimit ? parsed.GetValue(o.Limit) : int.MaxValue,
            JoinsFragments = !parsed.GetValue(o.NoFragments),
            FirstOfFlow = parsed.GetValue(o.First),
        };
        return Workers is < 1 or > MaxWorkers ? $"--workers must be 1 to {MaxWorkers}"
            : _format is not ("text" or "json") ? $"there is no format '{_format}'; there are text and json"
            : Options.MaxLength < 0 || Options.MaxMatches < 0 ? "-S and -n must be 0 or more"
            : Options.After is < 0 or > 1_000_000 || Options.Before is < 0 or > 10_000 ? "-A must be 0 to 1000000, -B 0 to 10000"
            : null;
    }

    private string? ReadStreams(GrepArguments o, ParseResult parsed)
    {
        bool isDecoded = parsed.GetValue(o.Decoded);
        SearchesStreams = isDecoded || parsed.GetValue(o.Streams);
        PacketsPath = parsed.GetValue(o.WritePackets);
        FlowsPath = parsed.GetValue(o.WriteFlows);
        int around = parsed.GetValue(o.Context);
        Options = Options with { DecodesMessages = isDecoded, Around = parsed.GetResult(o.Context) is { Implicit: false } ? Math.Clamp(around, 0, 65_536) : Options.Around };
        if (SearchesStreams && (Options.IsInverted || Options.ShowsEmpty || Options.After > 0 || Options.Before > 0 || Options.MaxLength != int.MaxValue || PacketsPath is not null))
        {
            return "-v, -e, -A, -B, -S and -O are about packets; they do not go with --streams and --decoded";
        }

        return FlowsPath is not null && (Live is not null || Captures.Contains(CaptureReader.StandardInput))
            ? "--write-flows reads captures twice; it does not go with -d and standard input"
            : null;
    }

    private string? ReadText(GrepArguments o, ParseResult parsed, TextWriter output)
    {
        string? form = parsed.GetValue(o.Form);
        bool isHex = parsed.GetValue(o.HexDump);
        string substitute = parsed.GetValue(o.NotPrintable) ?? ".";
        bool hasColumns = parsed.GetResult(o.Columns) is { Implicit: false };
        bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && OutputPath is null;
        int columns = hasColumns ? parsed.GetValue(o.Columns) : isTerminal && Console.WindowWidth >= MinColumns ? Console.WindowWidth : DefaultColumns;
        bool hasContext = parsed.GetResult(o.Context) is { Implicit: false };
        string? problem = form is not null && isHex ? "-x and -W exclude each other"
            : form is not null && !Forms.Contains(form) ? $"there is no form '{form}'; there are {string.Join(", ", Forms)}"
            : substitute.Length != 1 || substitute[0] > 0xFF ? "-P must be one character"
            : columns is < MinColumns or > 65_535 ? $"-c must be {MinColumns} to 65535"
            : hasContext && parsed.GetValue(o.Context) < 0 ? "-C must be 0 or more"
            : null;
        if (problem is not null)
        {
            return problem;
        }

        _text = new GrepTextOptions
        {
            Form = isHex ? GrepForm.Hex : form is null ? GrepForm.Normal : Enum.Parse<GrepForm>(form, ignoreCase: true),
            Width = columns,
            NotPrintable = (byte)substitute[0],
            ShowsProtocol = parsed.GetValue(o.Protocol),
            ShowsTime = parsed.GetValue(o.Time),
            ShowsDelay = Math.Min(2, parsed.GetResult(o.Delay)?.IdentifierTokenCount ?? 0),
            Context = hasContext ? parsed.GetValue(o.Context) : -1,
            IsColoured = isTerminal && !parsed.GetValue(o.NoColor) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
        if (SearchesStreams)
        {
            _text = _text with { Context = -1 };
        }

        Options = Options with { LocatesMatches = _format == "json" || _text.IsColoured || hasContext };
        return null;
    }

    private string? ReadTimes(GrepArguments o, ParseResult parsed) =>
        ReadTime("--from", parsed.GetValue(o.From), ref _fromNs) ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs);

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";
}
