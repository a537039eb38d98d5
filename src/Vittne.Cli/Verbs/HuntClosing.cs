using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Hunt;
using Vittne.Trails;
using Vittne.Trails.Muting;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of a hunt: what was read, what could not be read, what was found and what was given up.</summary>
internal static class HuntClosing
{
    public static void Tell(HuntSummary summary, ThreatTally tally, ThreatMuting? muting, TimeSpan time, bool isQuiet, TextWriter error)
    {
        foreach (string note in summary.Input.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        if (summary.Protocols.ParserExceptions > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.Protocols.ParserExceptions, "parser")} failed and were switched off for their flow; please report this with the capture");
        }

        foreach ((string detector, long failures) in summary.DetectorFailures)
        {
            error.WriteLine($"vittne: {Plural(failures, "record")} could not be examined ({detector}); please report this with the capture");
        }

        if (isQuiet)
        {
            return;
        }

        foreach (string muted in Muted(muting))
        {
            error.WriteLine($"vittne: {muted}");
        }

        foreach (string limit in Limits(summary))
        {
            error.WriteLine($"vittne: {limit}");
        }

        string reasons = string.Join(", ", summary.Input.NotDecodedBy.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Reason} {reason.Packets}")));
        string lost = summary.Flows.GapBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Flows.GapBytes} stream bytes lost") : "";
        string outside = summary.Input.OutsideTime > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Input.OutsideTime} outside the time range") : "";
        outside += summary.Input.Filtered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Input.Filtered} left out by the filter") : "";
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"vittne: {Plural(tally.Count, "threat")} ({tally.Of(Severity.High)} high, {tally.Of(Severity.Medium)} medium, {tally.Of(Severity.Low)} low), {Plural(summary.Events, "event")}, {Plural(summary.Input.Packets, "packet")} of {Plural(summary.Input.CapturesRead, "capture")}, {summary.Input.NotDecoded} not decoded{(reasons.Length > 0 ? $" ({reasons})" : "")}{lost}{outside}, {time.TotalSeconds:0.0} s{(summary.Input.IsStopped ? "; stopped before the end" : "")}"));
    }

    private static IEnumerable<string> Muted(ThreatMuting? muting)
    {
        foreach ((MuteCause cause, string words) in ((MuteCause, string)[])[(MuteCause.Allowed, "vittne trails allow"), (MuteCause.IgnoreRule, "rules for events to ignore"), (MuteCause.IgnorePattern, "--ignore-regex")])
        {
            if (muting?[cause] > 0)
            {
                yield return $"{Plural(muting[cause], "event")} muted by {words}";
            }
        }
    }

    private static IEnumerable<string> Limits(HuntSummary summary)
    {
        if (summary.Flows.Evicted > 0)
        {
            yield return $"{Plural(summary.Flows.Evicted, "flow")} ended early because the flow table was full";
        }

        if (summary.Flows.ReorderLimits > 0)
        {
            yield return $"{Plural(summary.Flows.ReorderLimits, "gap")} declared early because too many bytes waited behind them";
        }

        if (summary.Protocols.StuckParsers > 0)
        {
            yield return $"{Plural(summary.Protocols.StuckParsers, "stream")} given up because a message was too long or protocols stood too deep in each other";
        }

        if (summary.Dropped > 0)
        {
            yield return $"{Plural(summary.Dropped, "observation")} dropped at the bounds of heuristics";
        }

        if (summary.Muted > 0)
        {
            yield return $"{Plural(summary.Muted, "event")} left out by --severity or --only";
        }

        if (summary.DisabledByInfo > 0)
        {
            yield return $"{Plural(summary.DisabledByInfo, "event")} left out by DISABLED_TRAILS_INFO_REGEX";
        }
    }

    private static string Plural(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
