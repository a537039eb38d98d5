using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Capture;
using Vittne.Cli.Rendering;
using Vittne.Engine.Hunt;
using Vittne.Engine.Spine;
using Vittne.Trails;
using Vittne.Trails.Heuristics;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne hunt</c>, read and checked.</summary>
internal sealed class HuntRequest
{
    private const string UserAgentId = "user-agent";

    private static readonly string[] Formats = ["text", "jsonl", "json", "csv", "cef", "eve", "logstash", "maltrail"];

    private readonly HashSet<EventType> _only = [];
    private HashSet<string> _disabled = [];
    private HashSet<string> _enabled = [];
    private string[] _homeNetworks = [];
    private Severity _severity = Severity.Low;
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;
    private int _workers;
    private int _scanWindow;
    private bool _examinesDhcpNames;
    private bool _noHeuristics;

    public List<string> Captures { get; } = [];

    public List<string> Trails { get; } = [];

    /// <summary>The interface to read from instead of captures; null for captures.</summary>
    public LiveRequest? Live { get; private set; }

    /// <summary>Folder of the user's own lists, which are added to the trails; null without.</summary>
    public string? CustomTrails { get; private set; }

    public string[] Whitelist { get; private set; } = [];

    /// <summary>Pattern of lines that are not told; null without.</summary>
    public string? IgnoreRegex { get; private set; }

    /// <summary>Rules for events to ignore beside those of the trails, as written.</summary>
    public IReadOnlyList<string> IgnoreRules { get; private set; } = [];

    /// <summary>Where events go beside the results.</summary>
    public OutputRequest Outputs { get; } = new();

    public string Format { get; private set; } = "text";

    public string? OutputPath { get; private set; }

    public string Sensor { get; private set; } = "";

    public bool HeuristicsOnly { get; private set; }

    public bool ShowsAll { get; private set; }

    public bool IsUtc { get; private set; }

    public bool IsQuiet { get; private set; }

    public bool NoColor { get; private set; }

    public bool FailsOnMatch { get; private set; }

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(HuntArguments o, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out HuntRequest? request)
    {
        var r = new HuntRequest();
        request = r;
        string? problem = ReadConf(parsed.GetValue(o.Outputs.MaltrailConf), out MaltrailConf conf) ?? r.Read(o, parsed, conf);
        string? liveProblem = LiveRequest.Read(o.Live, parsed, out LiveRequest? live);
        problem ??= liveProblem;
        r.Live = live;
        string[] files = [.. parsed.GetValue(o.ReadFile) ?? [], .. (parsed.GetValue(o.Live.Interface) ?? []).Where(File.Exists)];
        foreach (string path in files)
        {
            if (!File.Exists(path))
            {
                problem ??= $"{path} does not exist; captures are named without an option: vittne hunt CAPTURE";
            }

            error.WriteLine($"vittne: captures need no option here: vittne hunt {path}");
            r.Captures.Add(path);
        }

        if (live is not null && r.Captures.Count > 0)
        {
            problem ??= $"read either from an interface (-i {live.Interface}) or from captures ({r.Captures[0]})";
        }

        if (problem is not null)
        {
            error.WriteLine($"vittne: {problem}");
            request = null;
            return false;
        }

        foreach (string note in conf.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        return true;
    }

    public HuntOptions Options(ITrailIndex? index) => new()
    {
        Index = index,
        UsesHeuristics = !_noHeuristics,
        Disabled = _disabled,
        Enabled = _enabled,
        HomeNetworks = _homeNetworks,
        ScanWindowSeconds = _scanWindow,
        ExaminesDhcpNames = _examinesDhcpNames,
        MinimumSeverity = _severity,
        SeverityTable = Outputs.Severities,
        DisabledInfo = Outputs.DisabledInfo,
        Only = _only,
    };

    public SpineOptions Spine(IReadOnlyList<string> captures, ProgressLine? progress) => new()
    {
        Captures = captures,
        Workers = _workers,
        FromNs = _fromNs,
        ToNs = _toNs,
        Progress = progress is null ? null : progress.Show,
    };

    private static string[] List(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? ReadConf(string? path, out MaltrailConf conf)
    {
        conf = MaltrailConf.None;
        try
        {
            conf = path is null ? conf : MaltrailConf.Read(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"--maltrail-conf {path} cannot be read: {e.Message}";
        }
    }

    private string? Read(HuntArguments o, ParseResult parsed, MaltrailConf conf)
    {
        ReadPaths(parsed.GetValue(o.Trails) ?? [], parsed.GetValue(o.Captures) ?? []);
        string[] whitelist = parsed.GetValue(o.Whitelist) ?? [];
        Whitelist = whitelist.Length == 0 && conf.Whitelist is { } own ? [own] : whitelist;
        IgnoreRegex = parsed.GetValue(o.IgnoreRegex) ?? conf["IGNORE_EVENTS_REGEX"];
        IgnoreRules = conf.IgnoreRules;
        CustomTrails = conf.CustomTrails;
        Format = parsed.GetValue(o.Format) ?? "text";
        OutputPath = parsed.GetValue(o.Out);
        Sensor = parsed.GetValue(o.Sensor) ?? conf["SENSOR_NAME"] ?? Environment.MachineName;
        HeuristicsOnly = parsed.GetValue(o.HeuristicsOnly);
        ShowsAll = parsed.GetValue(o.All) || parsed.GetValue(o.Outputs.Throttle) == "off";
        IsUtc = parsed.GetValue(o.Utc);
        IsQuiet = parsed.GetValue(o.Quiet);
        NoColor = parsed.GetValue(o.NoColor);
        FailsOnMatch = parsed.GetValue(o.FailOnMatch);
        _noHeuristics = parsed.GetValue(o.NoHeuristics) || (conf.UsesHeuristics == false && !HeuristicsOnly);
        _examinesDhcpNames = parsed.GetValue(o.DhcpNames);
        _scanWindow = parsed.GetResult(o.ScanWindow) is { Implicit: false } || conf.ScanWindow is null ? parsed.GetValue(o.ScanWindow) : conf.ScanWindow.Value;
        _homeNetworks = List(parsed.GetValue(o.HomeNet));
        _disabled = [.. List(parsed.GetValue(o.Disable)), .. conf.DisabledHeuristics];
        _enabled = [.. List(parsed.GetValue(o.Enable)), .. conf.EnabledHeuristics];
        if (parsed.GetValue(o.AllHeuristics))
        {
            _enabled.UnionWith(HeuristicRegistry.All.Select(static entry => entry.Descriptor.Name));
        }

        _workers = parsed.GetValue(o.Workers);
        if (_workers == 0 && parsed.GetResult(o.Workers) is null)
        {
            _workers = DefaultWorkers();
        }

        return CheckValues() ?? ReadSeverity(parsed.GetValue(o.Severity)) ?? ReadOnly(List(parsed.GetValue(o.Only)))
            ?? ReadTime("--from", parsed.GetValue(o.From), ref _fromNs) ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs)
            ?? Outputs.Read(o.Outputs, parsed, conf, parsed.GetValue(o.All));
    }

    private static int DefaultWorkers() => Math.Clamp(Environment.ProcessorCount, 1, 4);

    private void ReadPaths(string[] trails, string[] captures)
    {
        // "--trails LIST… CAPTURE": the parser cannot know where the list ends, the magic number of a capture can.
        int end = Array.FindIndex(trails, CapturePaths.IsCapture);
        end = end < 0 ? trails.Length : end;
        Trails.AddRange(trails[..end]);
        Captures.AddRange(trails[end..]);
        Captures.AddRange(captures);
    }

    private string? CheckValues()
    {
        if (!Formats.Contains(Format))
        {
            return $"there is no format '{Format}'; there are {string.Join(", ", Formats)}";
        }

        if (_workers is < 1 or > Flows.FlowTracker.Shards)
        {
            return $"--workers must be 1 to {Flows.FlowTracker.Shards}";
        }

        if (_scanWindow is < 1 or > 3600)
        {
            return "--scan-window must be 1 to 3600 seconds";
        }

        if (HeuristicsOnly && _noHeuristics)
        {
            return "--heuristics-only and --no-heuristics together leave nothing to look for";
        }

        string[] ids = [.. HeuristicRegistry.All.Select(entry => entry.Descriptor.Name), UserAgentId];
        foreach (string id in _disabled.Concat(_enabled))
        {
            if (!ids.Contains(id))
            {
                return $"there is no heuristic '{id}'; there are {string.Join(", ", ids)}";
            }
        }

        foreach (string network in _homeNetworks)
        {
            if (!AddressRanges.TryParse([network], out _, out _))
            {
                return $"--home-net '{network}' is no network; write 198.51.100.0/24";
            }
        }

        return null;
    }

    private string? ReadSeverity(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Enum.TryParse(text, ignoreCase: true, out _severity) && Enum.IsDefined(_severity) && char.IsAsciiLetter(text[0]))
        {
            return null;
        }

        return $"--severity must be low, medium or high, not '{text}'";
    }

    private string? ReadOnly(string[] types)
    {
        foreach (string type in types)
        {
            if (!Enum.TryParse(type, ignoreCase: true, out EventType value) || !char.IsAsciiLetter(type[0]))
            {
                return $"there is no event type '{type}'; there are {string.Join(", ", Enum.GetNames<EventType>()).ToUpperInvariant()}";
            }

            _only.Add(value);
        }

        return null;
    }

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";
}
