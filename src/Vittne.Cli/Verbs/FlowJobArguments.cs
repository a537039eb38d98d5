using System.CommandLine;
using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Aggregation;
using Vittne.Flows.Jobs;
using Vittne.Flows.Query;
using Vittne.Flows.Records;
using Vittne.Flows.Sorting;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne flows</c> does with records before they are written, and how they are written.</summary>
internal sealed class FlowJobArguments
{
    public Option<string> Where { get; } = new("--where") { Description = "Tell only flows that meet a condition, such as 'tcp and dport = 443 and sbytes > 10M'.", HelpName = "EXPR" };

    public Option<string?> Aggregate { get; } = new("--aggregate")
    {
        Description = "Merge flows that are equal in these keys; without a value in addresses, ports and protocol, both ways.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "KEY,…",
    };

    public Option<bool> Bidirectional { get; } = new("--bidirectional") { Description = "Merge both directions with --aggregate KEY,… too." };

    public Option<string> Bins { get; } = new("--bins") { Description = "Cut flows at the borders of bins of time: a number and one of s m h d w M y.", HelpName = "T" };

    public Option<bool> BinsHard { get; } = new("--bins-hard") { Description = "Write the borders of bins as times." };

    public Option<bool> BinsZero { get; } = new("--bins-zero") { Description = "Write bins in which nothing was, too." };

    public Option<string> Sort { get; } = new("--sort") { Description = "Sort by fields: largest first for counts and times that pass, else smallest; FIELD:asc or FIELD:desc to choose.", HelpName = "FIELD,…" };

    public Option<int> Top { get; } = new("--top") { Description = "Write only the first N; without --sort those with most bytes.", HelpName = "N" };

    public Option<string> Fields { get; } = new("--fields") { Description = "What is written: names of fields; +NAME adds to the usual ones, -NAME takes away.", HelpName = "FIELD,…" };

    public Option<string> Format { get; } = new("--format") { Description = string.Join(", ", FlowForms.All.Select(static format => format.Name)) + "; table when none is named.", HelpName = "FORM" };

    /// <summary>What a condition may not mean as it was meant.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        Option[] options = [Where, Aggregate, Bidirectional, Bins, BinsHard, BinsZero, Sort, Top, Fields, Format];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }

    /// <summary>Reads the jobs; null when there is none.</summary>
    /// <returns>What is wrong, in words; null when all is right.</returns>
    public string? Read(ParseResult parsed, out FlowJobOptions? jobs, out string? binText)
    {
        jobs = null;
        binText = parsed.GetValue(Bins);
        FlowQuery? where = null;
        if (parsed.GetValue(Where) is { } condition)
        {
            if (!FlowQuery.TryParse(condition, File.ReadLines, out where, out FlowQueryError? refusal, out IReadOnlyList<string> warnings))
            {
                return string.Create(CultureInfo.InvariantCulture, $"--where: column {refusal?.Column}: {refusal?.Problem}");
            }

            Warnings = warnings;
        }

        FlowKey? key = null;
        if (parsed.GetResult(Aggregate) is { Implicit: false })
        {
            string problem = "";
            if (parsed.GetValue(Aggregate) is not { } keys)
            {
                key = FlowKey.FiveTuple;
            }
            else if (!FlowKey.TryParse(keys, parsed.GetValue(Bidirectional), out key, out problem))
            {
                return $"--aggregate: {problem}";
            }
        }

        FlowBinning? bins = null;
        if (binText is not null && !FlowBinning.TryParse(binText, out bins))
        {
            return $"--bins '{TerminalText.Escape(binText)}' is no width of a bin; write 30s, 5m, 1h, 1d, 1w, 1M or 1y";
        }

        IReadOnlyList<FlowOrder>? order = null;
        if (parsed.GetValue(Sort) is { } fields && !FlowOrder.TryParse(fields, out order, out string wrong))
        {
            return $"--sort: {wrong}";
        }

        bool hasTop = parsed.GetResult(Top) is { Implicit: false };
        int top = parsed.GetValue(Top);
        if (hasTop && top < 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"--top must be 1 or more, not {top}");
        }

        jobs = new FlowJobOptions
        {
            Where = where,
            Key = key,
            Bins = bins,
            AreTimesBorders = parsed.GetValue(BinsHard),
            HasEmptyBins = parsed.GetValue(BinsZero),
            Order = order ?? [],
            Top = hasTop ? top : null,
        };
        return null;
    }

    /// <summary>Reads the form and the columns.</summary>
    /// <returns>What is wrong, in words; null when all is right.</returns>
    public string? ReadOutput(ParseResult parsed, out FlowFormat format, out IReadOnlyList<FlowColumn>? columns)
    {
        columns = null;
        string name = parsed.GetValue(Format) ?? FlowForms.All[0].Name;
        if (!FlowForms.TryFind(name, out FlowFormat? found))
        {
            format = FlowForms.All[0];
            return $"there is no format '{TerminalText.Escape(name)}'; there are {string.Join(", ", FlowForms.All.Select(static known => known.Name))}";
        }

        format = found;
        if (parsed.GetValue(Fields) is not { } fields)
        {
            return null;
        }

        if (!found.TakesColumns)
        {
            return $"--fields has no meaning with --format {name}, whose columns are fixed";
        }

        return FlowColumns.TryParse(fields, out columns, out int position, out string problem)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"--fields: column {position + 1}: {problem}");
    }
}
