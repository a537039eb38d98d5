using System.CommandLine;
using Vittne.Cli.Rendering;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Jobs;
using Vittne.Flows.Query;
using Vittne.Flows.Records;
using Vittne.Flows.Sorting;
using FlowColumn = Vittne.Flows.Records.FlowColumn;

namespace Vittne.Cli.Verbs;

/// <summary>The work between reading flow records and writing them, read from the command line and checked.</summary>
internal sealed class FlowJobRequest
{
    private readonly List<string> _warnings = [];
    private bool _hasAnalyses;

    /// <summary>The analyses that take the place of flow records.</summary>
    public FlowAnalysisRequest Analyses { get; } = new();

    /// <summary>What is to be done with the records.</summary>
    public FlowJobOptions Options { get; private set; } = new();

    /// <summary>The form of the output.</summary>
    public FlowFormat Format { get; private set; } = FlowForms.All[0];

    /// <summary>The width of <c>--bins</c> as written; null without.</summary>
    public string? Bins { get; private set; }

    /// <summary>The columns that were asked for; null: those that the form has by itself.</summary>
    public IReadOnlyList<FlowColumn>? Columns { get; private set; }

    /// <summary>True when the fields are to be listed instead of records.</summary>
    public bool ListsFields { get; private set; }

    /// <summary>What is right, but may be meant otherwise; a line each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads the options; null when all is right, else what is wrong in one line.</summary>
    public string? Read(FlowJobArguments o, FlowAnalysisArguments analyses, ParseResult parsed)
    {
        string? wrong = Analyses.Read(analyses, o, parsed);
        _hasAnalyses = Analyses.Analyses.Count > 0;
        FlowQuery? where = null;
        FlowKey? key = null;
        FlowBinning? bins = null;
        IReadOnlyList<FlowOrder> order = [];
        string? problem = wrong
            ?? ReadWhere(parsed.GetValue(o.Where) ?? [], ref where)
            ?? ReadKey(o, parsed, ref key)
            ?? ReadBins(o, parsed, ref bins)
            ?? ReadOrder(parsed.GetValue(o.Sort), ref order)
            ?? ReadFormat(parsed.GetValue(o.Format))
            ?? ReadFields(parsed.GetValue(o.Fields))
            ?? (parsed.GetValue(o.Top) is <= 0 ? "--top must be at least 1" : null)
            ?? (parsed.GetValue(o.MaxGroups) <= 0 ? "--max-groups must be at least 1" : null)
            ?? (parsed.GetValue(o.MaxRecords) <= 0 ? "--max-records must be at least 1" : null);
        Bins = parsed.GetValue(o.Bins);
        Options = new FlowJobOptions
        {
            Where = where,
            Key = key,
            MaxGroups = parsed.GetValue(o.MaxGroups),
            Bins = bins,
            AreTimesBorders = parsed.GetValue(o.BinsHard),
            HasEmptyBins = parsed.GetValue(o.BinsZero),
            Order = order,
            Top = parsed.GetValue(o.Top),
            MaxRecords = parsed.GetValue(o.MaxRecords),
        };
        return problem;
    }

    private string? ReadWhere(string[] texts, ref FlowQuery? where)
    {
        // Several conditions are one, each in brackets; a column is told within the one that is wrong.
        foreach (string text in texts)
        {
            if (!FlowQuery.TryParse(text, File.ReadLines, out where, out FlowQueryError? error, out IReadOnlyList<string> warnings))
            {
                return $"--where column {error!.Column}: {TerminalText.Escape(error.Problem)}";
            }

            _warnings.AddRange(warnings);
        }

        if (texts.Length > 1)
        {
            FlowQuery.TryParse(string.Join(" and ", texts.Select(static text => $"({text})")), File.ReadLines, out where, out _, out _);
        }

        return null;
    }

    private static string? ReadKey(FlowJobArguments o, ParseResult parsed, ref FlowKey? key)
    {
        bool isBidirectional = parsed.GetValue(o.Bidirectional);
        if (parsed.GetValue(o.Aggregate) is not { } text)
        {
            return isBidirectional ? "--bidirectional says how --aggregate merges" : null;
        }

        return FlowKey.TryParse(text, isBidirectional, out key, out string problem) ? null : $"--aggregate: {TerminalText.Escape(problem)}";
    }

    private static string? ReadBins(FlowJobArguments o, ParseResult parsed, ref FlowBinning? bins)
    {
        string? text = parsed.GetValue(o.Bins);
        return text is null
            ? parsed.GetValue(o.BinsHard) || parsed.GetValue(o.BinsZero) ? "--bins-hard and --bins-zero say how --bins tells its bins" : null
            : FlowBinning.TryParse(text, out bins) ? null : $"--bins '{TerminalText.Escape(text)}' is no bin of time; write 30s, 5m, 1h, 1d, 1w, 1M or 1y";
    }

    private static string? ReadOrder(string? text, ref IReadOnlyList<FlowOrder> order)
    {
        if (text is null)
        {
            return null;
        }

        bool isRead = FlowOrder.TryParse(text, out IReadOnlyList<FlowOrder>? orders, out string problem);
        order = orders ?? [];
        return isRead ? null : $"--sort: {TerminalText.Escape(problem)}";
    }

    private string? ReadFormat(string? name)
    {
        if (name is null)
        {
            return null;
        }

        // The table of findings has columns of its own.
        if (_hasAnalyses)
        {
            return null;
        }

        bool isKnown = FlowForms.TryFind(name, out FlowFormat? format);
        Format = format ?? Format;
        return isKnown ? null : $"there is no format '{TerminalText.Escape(name)}'; there are {string.Join(", ", FlowForms.All.Select(static known => known.Name))}";
    }

    private string? ReadFields(string? text)
    {
        ListsFields = text == "list";
        if (text is null || ListsFields)
        {
            return null;
        }

        if (!Format.TakesColumns)
        {
            return $"--fields has no meaning with --format {Format.Name}, whose columns are fixed";
        }

        bool isRead = FlowColumns.TryParse(text, out IReadOnlyList<FlowColumn> columns, out int position, out string problem);
        Columns = columns;
        return isRead ? null : $"--fields column {position + 1}: {TerminalText.Escape(problem)}";
    }
}
