using System.CommandLine;
using Vittne.Cli.Rendering;
using Vittne.Engine.Output;
using Vittne.Flows.Analysis;
using Vittne.Flows.Analysis.Beacons;
using Vittne.Flows.Analysis.Exfiltration;
using Vittne.Flows.Analysis.LongFlows;
using Vittne.Flows.Analysis.Reversals;
using Vittne.Flows.Analysis.Scans;
using Vittne.Flows.Query;

namespace Vittne.Cli.Verbs;

/// <summary>The analyses that were asked for, read from the command line and checked.</summary>
internal sealed class FlowAnalysisRequest
{
    private const string Table = "table";

    private static readonly string[] Formats = [Table, "jsonl", "csv", "tsv"];

    private readonly List<FlowAnalysis> _analyses = [];
    private string _format = Table;

    /// <summary>The analyses in the order of their names; empty when flows are to be told.</summary>
    public IReadOnlyList<FlowAnalysis> Analyses => _analyses;

    /// <summary>True when an analysis needs statistics over packets.</summary>
    public bool NeedsStatistics { get; private set; }

    /// <summary>Reads the options; null when all is right, else what is wrong in one line.</summary>
    public string? Read(FlowAnalysisArguments o, FlowJobArguments jobs, ParseResult parsed) =>
        AddBeacons(o, parsed) ?? AddExfiltration(o, parsed) ?? AddLong(o, parsed) ?? AddReversals(o, parsed) ?? AddScans(o, parsed) ?? ReadForm(jobs, parsed);

    /// <summary>The writer of the findings.</summary>
    /// <param name="output">Where bytes go.</param>
    /// <param name="captures">Names of the captures that findings refer to.</param>
    public IRecordWriter Writer(Stream output, IReadOnlyList<string> captures)
    {
        if (_format == Table)
        {
            return new FindingTable(output, _analyses);
        }

        if (_format == "jsonl")
        {
            return new JsonRecordWriter(output, captures);
        }

        List<ColumnRequest> columns = [.. FieldPaths.Of(CommonFields.All).Where(static path => !path.StartsWith("tunnel", StringComparison.Ordinal))
            .Concat(FieldPaths.Of(_analyses[0].Schema.Fields)).Select(static path => new ColumnRequest(path))];
        return new RecordColumns(output, captures, columns, _format == "csv" ? ColumnForm.Csv : new ColumnForm("\t", ",", "\n", HasHeader: true, Quotes: false, EscapesAggregator: false));
    }

    private string? AddBeacons(FlowAnalysisArguments o, ParseResult parsed)
    {
        var options = new BeaconOptions { MinConnections = parsed.GetValue(o.BeaconMin), MinScore = parsed.GetValue(o.BeaconScore) };
        if (parsed.GetValue(o.Beacons))
        {
            _analyses.Add(new BeaconAnalysis(options));
        }

        return options.MinConnections < 3 ? "--beacon-min must be at least 3" : ReadShare("--beacon-score", options.MinScore, 0);
    }

    private string? AddExfiltration(FlowAnalysisArguments o, ParseResult parsed)
    {
        LocalNetworks? local = null;
        string? problem = ReadSize("--exfil-bytes", parsed.GetValue(o.ExfilBytes), out long bytes)
            ?? ReadSize("--exfil-carrier-bytes", parsed.GetValue(o.ExfilCarrier), out _)
            ?? ReadShare("--exfil-pcr", parsed.GetValue(o.ExfilRatio), -1)
            ?? (LocalNetworks.TryParse(parsed.GetValue(o.Local) ?? "", out local, out string wrong) ? null : $"--local: '{TerminalText.Escape(wrong)}' is no address and no network");
        _ = ReadSize("", parsed.GetValue(o.ExfilCarrier), out long carrierBytes);
        if (parsed.GetValue(o.Exfil))
        {
            _analyses.Add(new ExfiltrationAnalysis(new ExfiltrationOptions
            {
                MinBytes = bytes,
                MinRatio = parsed.GetValue(o.ExfilRatio),
                TimesMedian = parsed.GetValue(o.ExfilTimes),
                MinCarrierBytes = carrierBytes,
                Local = local ?? new LocalNetworks(),
            }));
        }

        return problem;
    }

    private string? AddLong(FlowAnalysisArguments o, ParseResult parsed)
    {
        string? problem = ReadSpan("--long-min", parsed.GetValue(o.LongMin), out long minNs)
            ?? ReadSpan("--long-open", parsed.GetValue(o.LongOpen), out _)
            ?? ReadShare("--long-share", parsed.GetValue(o.LongShare), 0);
        _ = ReadSpan("", parsed.GetValue(o.LongOpen), out long openNs);
        if (parsed.GetValue(o.Long))
        {
            NeedsStatistics = true;
            _analyses.Add(new LongFlowAnalysis(new LongFlowOptions { MinNs = minNs, OpenShare = parsed.GetValue(o.LongShare), MinOpenNs = openNs }));
        }

        return problem;
    }

    private string? AddReversals(FlowAnalysisArguments o, ParseResult parsed)
    {
        string? problem = ReadSize("--reverse-bytes", parsed.GetValue(o.ReverseBytes), out long bytes) ?? ReadShare("--reverse-pcr", parsed.GetValue(o.ReverseRatio), -1);
        if (parsed.GetValue(o.Reverse))
        {
            _analyses.Add(new ReversalAnalysis(new ReversalOptions { MinBytes = bytes, MinRatio = parsed.GetValue(o.ReverseRatio) }));
        }

        return problem;
    }

    private string? AddScans(FlowAnalysisArguments o, ParseResult parsed)
    {
        string? problem = ReadSpan("--scan-window", parsed.GetValue(o.ScanWindow), out long windowNs) ?? ReadShare("--scan-unanswered", parsed.GetValue(o.ScanUnanswered), 0);
        var options = new ScanOptions
        {
            WindowNs = windowNs,
            MinPorts = parsed.GetValue(o.ScanPorts),
            MinHosts = parsed.GetValue(o.ScanHosts),
            MinUnanswered = parsed.GetValue(o.ScanUnanswered),
        };
        if (parsed.GetValue(o.Scans))
        {
            _analyses.Add(new ScanAnalysis(options));
        }

        return problem ?? (options.MinPorts < 2 ? "--scan-ports must be at least 2" : options.MinHosts < 2 ? "--scan-hosts must be at least 2" : null);
    }

    private string? ReadForm(FlowJobArguments jobs, ParseResult parsed)
    {
        if (_analyses.Count == 0)
        {
            return null;
        }

        foreach (Option option in jobs.OfFlows)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                return $"{option.Name} is for flows; --{_analyses[0].Schema.Name} and the other analyses tell findings, of the flows that --where keeps";
            }
        }

        _format = parsed.GetValue(jobs.Format) ?? Table;
        return !Formats.Contains(_format) ? $"findings are told as {string.Join(", ", Formats)}, not as '{TerminalText.Escape(_format)}'"
            : _format is "csv" or "tsv" && _analyses.Count > 1 ? $"--format {_format} tells one analysis; jsonl tells several"
            : null;
    }

    private static string? ReadSize(string option, string? text, out long bytes)
    {
        bytes = 0;
        return text is null || FlowLiteral.TryInteger(text, out bytes) ? null : $"{option} '{TerminalText.Escape(text)}' is no size; write 1500, 64k or 10M";
    }

    private static string? ReadSpan(string option, string? text, out long ns)
    {
        ns = 0;
        return text is null || (FlowLiteral.TryDuration(text, out ns) && ns > 0) ? null : $"{option} '{TerminalText.Escape(text)}' is no span of time; write 30s, 5m, 1h or seconds";
    }

    private static string? ReadShare(string option, double share, double least) =>
        share >= least && share <= 1 ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{option} must be {least} to 1");
}
