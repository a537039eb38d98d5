using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Grep;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of a search: what was read, what could not be read, what was found and what was given up.</summary>
internal static class GrepClosing
{
    public static void Tell(GrepSummary summary, TimeSpan time, bool isQuiet, TextWriter error)
    {
        foreach (string note in summary.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        if (summary.StepLimits > 0)
        {
            error.WriteLine(
                $"vittne: {Plural(summary.StepLimits, "search")} reached the limit of steps and count as without a match; a pattern without back-references and look-around has no such limit");
        }

        if (isQuiet)
        {
            return;
        }

        if (summary.GapBytes > 0)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {summary.GapBytes} bytes of streams are not in the capture; no match goes over a gap"));
        }

        if (summary.FlowsForgotten)
        {
            error.WriteLine("vittne: there were more flows than are remembered; some were told more than once");
        }

        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"vittne: {Plural(summary.Matches, "match")}, {Plural(summary.Shown, "packet")} shown, {Plural(summary.Searched, "packet")} searched, {Plural(summary.Packets, "packet")} of {Plural(summary.CapturesRead, "capture")}, {time.TotalSeconds:0.0} s{(summary.IsStopped ? "; stopped before the end" : "")}"));
    }

    private static string Plural(long count, string noun)
    {
        string ending = count == 1 ? "" : noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s";
        return string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{ending}");
    }
}
