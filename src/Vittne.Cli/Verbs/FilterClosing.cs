using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of <c>vittne filter</c> and its exit status.</summary>
internal static class FilterClosing
{
    public static void Tell(FilterSummary summary, FilterRequest request, TimeSpan time, TextWriter output, TextWriter error)
    {
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

        string kept = string.Create(CultureInfo.InvariantCulture, $"{summary.Kept} of {summary.Packets} packet{(summary.Packets == 1 ? "" : "s")}");
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
        : summary.Refusal is not null ? ExitCode.Usage
        : summary.IsStopped ? ExitCode.Interrupted
        : summary.OutputFailure is not null || summary.CapturesFailed + summary.CapturesCut > 0 ? ExitCode.Error
        : request.FailsOnMatch && summary.Kept > 0 ? ExitCode.Found
        : ExitCode.Done;
}
