using System.Globalization;
using System.Text.Json;
using Vittne.Cli.Rendering;
using Vittne.Trails;
using Vittne.Trails.Lists;
using Vittne.Trails.Muting;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails check</c>.</summary>
internal static class TrailsCheck
{
    public static int Run(string[] indicators, string[] trails, bool isJson, TextWriter output, TextWriter error)
    {
        using TrailIndex? index = TrailsOpen.Load(trails, error, out TrailBuildReport report);
        if (index is null)
        {
            return ExitCode.Error;
        }

        var allowed = AllowList.Load(DataFolder.AllowPath);
        List<(TrailCheck Check, AllowEntry[] Allowed)> checks = [.. Expand(indicators).Select(index.Explain)
            .Select(check => (check, Array.FindAll([.. allowed.Live(DateTimeOffset.UtcNow)], entry => entry.Covers(check.Kind, check.Indicator))))];
        if (isJson)
        {
            JsonText.Write(output, json => WriteJson(checks, json));
        }
        else
        {
            checks.ForEach(pair => WriteText(pair.Check, pair.Allowed, output));
        }

        return checks.Exists(pair => pair.Check.Match is not null && !Array.Exists(pair.Allowed, entry => entry.Host.Length == 0)) ? ExitCode.Found
            : report.Problems.Count > 0 || checks.Exists(pair => pair.Check.Kind is null) ? ExitCode.Error
            : ExitCode.Done;
    }

    private static IEnumerable<string> Expand(string[] indicators)
    {
        foreach (string indicator in indicators)
        {
            if (indicator != "-")
            {
                yield return indicator;
                continue;
            }

            while (Console.In.ReadLine() is string line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    yield return line;
                }
            }
        }
    }

    private static void WriteText(TrailCheck check, AllowEntry[] allowed, TextWriter output)
    {
        string input = TerminalText.Escape(check.Input);
        if (check.Match is Trail match)
        {
            output.WriteLine($"{input}: {TerminalText.Escape(match.Info)} {TerminalText.Escape(match.Reference)}, {TrailWords.Of(match.Severity)}");
            output.WriteLine($"  trail         {TerminalText.Escape(match.Indicator)} ({TrailWords.Of(match.Kind)})");
            WriteSources(match, output);
        }
        else
        {
            output.WriteLine(check.Kind is null ? $"{input}: the text {LineFaultWords.Of(check.Fault)}" : $"{input}: no match");
        }

        if (check.Dropped is Trail dropped)
        {
            output.WriteLine($"  dropped       {DropRuleWords.Of(check.DropRule)}; listed as {TerminalText.Escape(dropped.Info)}");
            WriteSources(dropped, output);
        }

        if (check.IsWhitelisted)
        {
            output.WriteLine("  whitelist     holds it: sightings are not told");
        }

        foreach (AllowEntry entry in allowed)
        {
            output.WriteLine($"  allowed       {TerminalText.Escape(entry.ToString())}");
        }
    }

    private static void WriteSources(Trail trail, TextWriter output)
    {
        foreach (TrailSource source in trail.Sources)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  source        {TerminalText.Escape(source.List)}:{source.Line}"));
            foreach (string reference in source.References)
            {
                output.WriteLine($"    reference   {TerminalText.Escape(reference)}");
            }

            if (source.Aliases.Length > 0)
            {
                output.WriteLine($"    aliases     {TerminalText.Escape(source.Aliases)}");
            }
        }
    }

    private static void WriteJson(List<(TrailCheck Check, AllowEntry[] Allowed)> checks, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach ((TrailCheck check, AllowEntry[] allowed) in checks)
        {
            json.WriteStartObject();
            json.WriteString("input", check.Input);
            if (check.Kind is TrailKind kind)
            {
                json.WriteString("indicator", check.Indicator);
                json.WriteString("kind", TrailWords.Of(kind));
            }
            else
            {
                json.WriteString("problem", LineFaultWords.Name(check.Fault));
            }

            json.WriteBoolean("match", check.Match is not null);
            json.WriteBoolean("whitelisted", check.IsWhitelisted);
            if (allowed.Length > 0)
            {
                json.WriteStartArray("allowed");
                Array.ForEach(allowed, entry => entry.Write(json));
                json.WriteEndArray();
            }

            if (check.Match is Trail match)
            {
                json.WritePropertyName("trail");
                WriteTrail(match, json);
            }

            if (check.Dropped is Trail dropped)
            {
                json.WriteString("dropped_by", DropRuleWords.Name(check.DropRule));
                json.WritePropertyName("dropped");
                WriteTrail(dropped, json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTrail(Trail trail, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("indicator", trail.Indicator);
        json.WriteString("kind", TrailWords.Of(trail.Kind));
        json.WriteString("info", trail.Info);
        json.WriteString("reference", trail.Reference);
        json.WriteString("severity", TrailWords.Of(trail.Severity));
        json.WriteStartArray("sources");
        foreach (TrailSource source in trail.Sources)
        {
            json.WriteStartObject();
            json.WriteString("list", source.List);
            json.WriteNumber("line", source.Line);
            json.WriteStartArray("references");
            foreach (string reference in source.References)
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            if (source.Aliases.Length > 0)
            {
                json.WriteString("aliases", source.Aliases);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
