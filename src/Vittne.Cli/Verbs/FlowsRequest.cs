using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Flows;
using Vittne.Flows;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Metering;
using Vittne.Packets;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne flows</c>, read and checked.</summary>
internal sealed class FlowsRequest
{
    // Fields of these names are told only when packets are measured more closely.
    private static readonly string[] StatisticsFields = ["iat", "jit", "size", "meansz", "intpkt", "active", "idle", "silence", "hdr", "flag", "iwin", "win_init", "init"];

    private FlowTimeouts _timeouts = new();
    private Func<Func<long, long>>? _borders;
    private ChecksumUse _checksums;
    private FlowKeyParts _key;
    private bool _keepsStatistics;
    private bool _tellsNonIp;
    private int _maxFlows;
    private int _maxSeek;
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;

    public string[] Captures { get; private set; } = [];

    public string? OutputPath { get; private set; }

    public bool IsQuiet { get; private set; }

    public bool IsStrict { get; private set; }

    public int Workers { get; private set; }

    /// <summary>What is done with the records, and how they are written.</summary>
    public required FlowJobRequest Work { get; init; }

    /// <summary>How flows are measured.</summary>
    public FlowsOptions Options => new()
    {
        KeyParts = _key,
        TellsNonIp = _tellsNonIp,
        Metering = new FlowMeterOptions
        {
            Timeouts = _timeouts,
            Borders = _borders,
            MaxFlows = _maxFlows,
            MaxSeek = _maxSeek,
            Checksums = _checksums,
            KeepsStatistics = _keepsStatistics,
            TellsZeek = Work.Format.Name == "zeek",
            IgnoresIcmpIdentifiers = Work.Format.Name == "zeek",
        },
    };

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(FlowsArguments o, FlowJobArguments jobs, FlowAnalysisArguments analyses, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out FlowsRequest? request)
    {
        var work = new FlowJobRequest();
        string? problem = work.Read(jobs, analyses, parsed);
        request = new FlowsRequest { Work = work };
        problem ??= request.Read(o, jobs, parsed);
        if (problem is not null)
        {
            error.WriteLine($"vittne: {problem}");
            request = null;
        }

        return problem is null;
    }

    /// <summary>What is read.</summary>
    public Engine.Spine.SpineOptions Spine(IReadOnlyList<string> captures, ProgressLine? progress) => new()
    {
        Captures = captures,
        Workers = Workers,
        FromNs = _fromNs,
        ToNs = _toNs,
        Progress = progress is null ? null : progress.Show,
    };

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";

    private static string? ReadSpan(string option, string? text, out long ns)
    {
        ns = 0;
        return text is null || Amounts.TryDuration(text, out ns) ? null : $"{option} '{text}' is no span of time; write 30s, 5m, 1h or seconds";
    }

    private static bool NeedsStatistics(string name) => Array.Exists(StatisticsFields, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private string? Read(FlowsArguments o, FlowJobArguments jobs, ParseResult parsed)
    {
        Captures = parsed.GetValue(o.Captures) ?? [];
        OutputPath = parsed.GetValue(o.Out);
        IsQuiet = parsed.GetValue(o.Quiet);
        IsStrict = parsed.GetValue(o.Strict);
        Workers = parsed.GetValue(o.Workers);
        _tellsNonIp = parsed.GetValue(o.NonIp);
        _maxFlows = parsed.GetValue(o.MaxFlows);
        if (Workers is < 1 or > FlowTracker.Shards)
        {
            return $"--workers must be 1 to {FlowTracker.Shards}";
        }

        if (_maxFlows < FlowTracker.Shards * 16)
        {
            return string.Create(CultureInfo.InvariantCulture, $"--max-flows must be {FlowTracker.Shards * 16} or more");
        }

        string? problem = ReadTimeouts(o, parsed, Work.Bins)
            ?? ReadKey(parsed.GetValue(o.Key) ?? [])
            ?? ReadChecksums(parsed.GetValue(o.Checksums))
            ?? ReadSeek(parsed.GetValue(o.MaxSeek))
            ?? ReadTime("--from", parsed.GetValue(o.From), ref _fromNs)
            ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs);
        string asked = string.Join(' ', [.. parsed.GetValue(jobs.Where) ?? [], parsed.GetValue(jobs.Sort)]);
        _keepsStatistics = Work.Analyses.NeedsStatistics || parsed.GetValue(o.Features) || NeedsStatistics(asked) || (Work.Columns?.Any(static column => NeedsStatistics(column.Field.Name)) ?? false);
        return problem;
    }

    private string? ReadTimeouts(FlowsArguments o, ParseResult parsed, string? bins)
    {
        if (parsed.GetValue(o.Timeouts) is { } name)
        {
            if (FlowTimeouts.Named(name) is not { } preset)
            {
                return $"--timeouts must be argus, zeek or suricata, not '{TerminalText.Escape(name)}'";
            }

            _timeouts = preset;
        }

        string? problem = ReadSpan("--idle", parsed.GetValue(o.Idle), out long idleNs)
            ?? ReadSpan("--active", parsed.GetValue(o.Active), out long activeNs)
            ?? ReadSpan("--interval", parsed.GetValue(o.Interval), out long intervalNs);
        if (problem is not null)
        {
            return problem;
        }

        _ = ReadSpan("--idle", parsed.GetValue(o.Idle), out idleNs);
        _ = ReadSpan("--active", parsed.GetValue(o.Active), out activeNs);
        _ = ReadSpan("--interval", parsed.GetValue(o.Interval), out intervalNs);
        _timeouts = idleNs > 0 ? _timeouts.WithIdle(idleNs) : _timeouts;
        _timeouts = _timeouts with { ActiveNs = activeNs };
        if (bins is not null && intervalNs > 0)
        {
            return "either --interval or --bins: bins cut flows by themselves";
        }

        if (bins is not null)
        {
            _borders = () => FlowBinning.TryParse(bins, out FlowBinning? binning) ? binning.EndOf : static _ => long.MaxValue;
        }
        else if (intervalNs > 0)
        {
            _borders = () => first => first > long.MaxValue - intervalNs ? long.MaxValue : first + intervalNs;
        }

        return null;
    }

    private string? ReadKey(string[] values)
    {
        foreach (string part in values.SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            FlowKeyParts known = part switch
            {
                "vlan" => FlowKeyParts.Vlan,
                "tunnel" => FlowKeyParts.Tunnel,
                "iface" => FlowKeyParts.Interface,
                _ => FlowKeyParts.None,
            };
            if (known == FlowKeyParts.None)
            {
                return $"--key '{TerminalText.Escape(part)}' is not known; there are vlan, tunnel and iface";
            }

            _key |= known;
        }

        return null;
    }

    private string? ReadChecksums(string? rule)
    {
        _checksums = rule switch
        {
            "check" => ChecksumUse.Check,
            "drop" => ChecksumUse.Drop,
            _ => ChecksumUse.Ignore,
        };
        return rule is null or "ignore" or "check" or "drop" ? null : $"--checksums must be ignore, check or drop, not '{TerminalText.Escape(rule)}'";
    }

    private string? ReadSeek(string? text)
    {
        (string Unit, long Bytes)[] units = [("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("", 1)];
        foreach ((string unit, long factor) in units)
        {
            if (text is not null && text.EndsWith(unit, StringComparison.Ordinal))
            {
                bool isNumber = long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
                if (isNumber && number is > 0 and <= int.MaxValue && number * factor <= int.MaxValue)
                {
                    _maxSeek = (int)(number * factor);
                    return null;
                }

                break;
            }
        }

        return $"--max-seek '{TerminalText.Escape(text ?? "")}' is no size below 2Gi; write 16Mi, 1M or bytes";
    }
}
