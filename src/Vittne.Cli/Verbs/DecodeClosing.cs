using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Decode;

namespace Vittne.Cli.Verbs;

/// <summary>The closing words of a decoding run: what was read, what could not be read, what was told and what was given up.</summary>
internal static class DecodeClosing
{
    public static void Tell(DecodeSummary summary, TimeSpan time, bool isQuiet, TextWriter error)
    {
        foreach (string note in summary.Input.Notes)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(note)}");
        }

        if (summary.Protocols.ParserExceptions > 0)
        {
            error.WriteLine($"vittne: {Plural(summary.Protocols.ParserExceptions, "parser")} failed and were switched off for their flow; please report this with the capture");
        }

        if (isQuiet)
        {
            return;
        }

        foreach (string limit in Limits(summary))
        {
            error.WriteLine($"vittne: {limit}");
        }

        string reasons = string.Join(", ", summary.Input.NotDecodedBy.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Reason} {reason.Packets}")));
        string lost = summary.Flows.GapBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Flows.GapBytes} stream bytes lost") : "";
        lost += summary.Input.Filtered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Input.Filtered} left out by the filter") : "";
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"vittne: {Plural(summary.Records, "record")}, {Plural(summary.Input.Packets, "packet")} of {Plural(summary.Input.CapturesRead, "capture")}, {summary.Input.NotDecoded} not decoded{(reasons.Length > 0 ? $" ({reasons})" : "")}{lost}, {time.TotalSeconds:0.0} s{(summary.Input.IsStopped ? "; stopped before the end" : "")}"));
    }

    private static IEnumerable<string> Limits(DecodeSummary summary)
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
    }

    private static string Plural(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
