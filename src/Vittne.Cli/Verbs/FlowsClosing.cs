using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Flows;
using Vittne.Engine.Flows.Reading;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of a run over flows: what was read, what could not be read, what was told and what was given up.</summary>
internal static class FlowsClosing
{
    public static void Tell(FlowsSummary summary, FlowInputs inputs, IEnumerable<string> notes, long leftOut, TimeSpan time, bool isQuiet, TextWriter error)
    {
        foreach (string note in (IEnumerable<string>)[.. summary.Input.Notes, .. inputs.Notes])
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        foreach (string note in notes)
        {
            error.WriteLine($"vittne: {note}");
        }

        if (isQuiet)
        {
            return;
        }

        foreach (string limit in Limits(summary, leftOut))
        {
            error.WriteLine($"vittne: {limit}");
        }

        string records = inputs.Files > 0 ? $"{Plural(inputs.Records, "record")} of {Plural(inputs.Files, "file")}, " : "";
        string packets = inputs.Captures.Count > 0 || inputs.Files == 0 ? Packets(summary) : "";
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {records}{packets}{time.TotalSeconds:0.0} s{(summary.Input.IsStopped ? "; stopped before the end" : "")}"));
    }

    /// <summary>True when packets were read and none of them could be: their link type is not known.</summary>
    public static bool IsUnreadable(FlowsSummary summary)
    {
        long read = summary.Input.Packets - summary.Input.Filtered - summary.Input.OutsideTime;
        return read > 0 && summary.Input.NotDecodedBy.Where(static reason => reason.Reason.StartsWith("link type", StringComparison.Ordinal)).Sum(static reason => reason.Packets) == read;
    }

    private static string Packets(FlowsSummary summary)
    {
        string reasons = string.Join(", ", summary.Input.NotDecodedBy.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Reason} {reason.Packets}")));
        string filtered = summary.Input.Filtered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Input.Filtered} left out by the filter") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Plural(summary.Records, "flow")}, {Plural(summary.Input.Packets, "packet")} of {Plural(summary.Input.CapturesRead, "capture")}, {summary.Input.NotDecoded} not decoded{(reasons.Length > 0 ? $" ({reasons})" : "")}{filtered}, ");
    }

    private static IEnumerable<string> Limits(FlowsSummary summary, long leftOut)
    {
        if (summary.Flows.Evicted > 0)
        {
            yield return $"{Plural(summary.Flows.Evicted, "flow")} ended early because the flow table was full (--max-flows)";
        }

        if (leftOut > 0)
        {
            yield return $"{Plural(leftOut, "record")} left out that this format has no place for";
        }

        if (summary.BadChecksums > 0)
        {
            double share = 100.0 * summary.BadChecksums / Math.Max(summary.Input.Packets, 1);
            yield return string.Create(CultureInfo.InvariantCulture, $"{Plural(summary.BadChecksums, "packet")} ({share:0.0} %) with a wrong checksum; on the sender's own capture that is its network card's work");
        }

        if (summary.ClockBack > 0)
        {
            yield return $"{Plural(summary.ClockBack, "packet")} older than the one before in the same flow";
        }
    }

    private static string Plural(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
