using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of <c>vittne filter</c> and its exit status.</summary>
internal static class FilterClosing
{
    public static void Tell(FilterSummary summary, FilterRequest request, TimeSpan time, TextWriter output, TextWriter error)
    {
        if (summary.ExpressionError is { } refused)
        {
            error.WriteLine($"vittne: filter: {TerminalText.Escape(refused.ToString())}");
            return;
        }

        foreach (string note in summary.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        if (summary.Refusal is { } refusal)
        {
            error.WriteLine($"vittne: filter: {TerminalText.Escape(refusal)}");
            return;
        }

        if (summary.OutputFailure is { } failure && !summary.IsReaderGone)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(failure)}");
        }

        if (summary.Problem is { } problem)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
        }

        if (summary.IsProvenEmpty)
        {
            error.WriteLine($"vittne: filter: no packet can match: {TerminalText.Escape(summary.Expression ?? "")}");
        }
        else if (summary.Kept == 0 && summary.HasVlans)
        {
            error.WriteLine(
                "vittne: filter: nothing matched, and frames have VLAN tags: write vlan and … in front of the expression, or use --ignore-vlan");
        }

        string kept = string.Create(CultureInfo.InvariantCulture, $"{summary.Kept} of {summary.Packets} packet{(summary.Packets == 1 ? "" : "s")}");
        if (request.DropsCopies && !request.IsQuiet)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {summary.Kept} packets kept, {summary.Duplicates} copies left out"));
        }

        if (request.OutputPath is null)
        {
            output.WriteLine(kept);
        }
        else if (!request.IsQuiet && ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {kept} written, {time.TotalSeconds:0.0} s"));
        }
    }

    public static int Status(FilterSummary summary, FilterRequest request) =>
        summary.IsReaderGone ? ExitCode.Done
        : summary.IsRefused ? ExitCode.Usage
        : summary.IsStopped ? ExitCode.Interrupted
        : summary.OutputFailure is not null || summary.Problem is not null || summary.CapturesFailed + summary.CapturesCut > 0 ? ExitCode.Error
        : request.FailsOnMatch && summary.Kept > 0 ? ExitCode.Found
        : ExitCode.Done;
}
