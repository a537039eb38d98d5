using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Streams;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of a run that writes streams: what was read and written, what is missing and what was given up.</summary>
internal static class StreamsClosing
{
    public static void Tell(StreamsSummary summary, bool isShown, TimeSpan time, bool isQuiet, TextWriter error)
    {
        foreach (string note in summary.Input.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        if (isQuiet)
        {
            return;
        }

        if (summary.Flows.Evicted > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.Flows.Evicted, "flow")} ended early because the flow table was full");
        }

        if (summary.Flows.ReorderLimits > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.Flows.ReorderLimits, "gap")} declared early because too many bytes waited behind them");
        }

        if (summary.ConflictBytes > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.ConflictBytes, "byte")} came again with another content; the index tells where");
        }

        if (summary.Alerts > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.Alerts, "line")} in alerts.txt about what no honest sender does");
        }

        if (summary.GapBytes > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.GapBytes, "byte")} of {Plural(summary.FilesWithGaps, "file")} are not in the capture; the index tells where");
        }

        string reasons = string.Join(", ", summary.Input.NotDecodedBy.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Reason} {reason.Packets}")));
        string lost = summary.Input.Filtered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Input.Filtered} left out by the filter") : "";
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"vittne: {(isShown ? Plural(summary.Files, "stream") : $"{Plural(summary.Files, "file")} with {Plural(summary.Bytes, "byte")}")}, {Plural(summary.Input.Packets, "packet")} of {Plural(summary.Input.CapturesRead, "capture")}, {summary.Input.NotDecoded} not decoded{(reasons.Length > 0 ? $" ({reasons})" : "")}{lost}, {time.TotalSeconds:0.0} s{(summary.Input.IsStopped ? "; stopped before the end" : "")}"));
    }

    private static string Plural(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
