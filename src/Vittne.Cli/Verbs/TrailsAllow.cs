using Vittne.Cli.Rendering;
using Vittne.Trails.Muting;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails allow</c>.</summary>
internal static class TrailsAllow
{
    public static int Add(string[] indicators, string host, string until, string? reason, TextWriter output, TextWriter error)
    {
        if (indicators.Length == 0)
        {
            error.WriteLine("vittne: name an indicator to allow, or use --list");
            return ExitCode.Usage;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            error.WriteLine("vittne: say with --reason why it is allowed; whoever reads the list later will want to know");
            return ExitCode.Usage;
        }

        var list = AllowList.Load(DataFolder.AllowPath);
        foreach (string indicator in indicators)
        {
            if (!AllowEntry.TryCreate(indicator, host, until, reason, out AllowEntry? entry, out string problem))
            {
                error.WriteLine($"vittne: {problem}");
                return ExitCode.Usage;
            }

            if (entry!.UntilSeconds <= DateTimeOffset.UtcNow.ToUnixTimeSeconds())
            {
                error.WriteLine($"vittne: --until {until} has passed already");
                return ExitCode.Usage;
            }

            list.Add(entry);
            output.WriteLine($"allowed {TerminalText.Escape(entry.ToString())}");
        }

        list.Save();
        return ExitCode.Done;
    }

    public static int List(bool isJson, TextWriter output)
    {
        var list = AllowList.Load(DataFolder.AllowPath);
        if (isJson)
        {
            JsonText.Write(output, json =>
            {
                json.WriteStartArray();
                foreach (AllowEntry entry in list.Entries)
                {
                    entry.Write(json);
                }

                json.WriteEndArray();
            });
            return ExitCode.Done;
        }

        AllowEntry[] ended = [.. list.Ended(DateTimeOffset.UtcNow)];
        foreach (AllowEntry entry in list.Entries)
        {
            output.WriteLine($"{TerminalText.Escape(entry.ToString())}{(ended.Contains(entry) ? " (ended)" : "")}");
        }

        return ExitCode.Done;
    }

    public static int Remove(string[] indicators, string host, TextWriter output, TextWriter error)
    {
        var list = AllowList.Load(DataFolder.AllowPath);
        int status = indicators.Length == 0 ? ExitCode.Usage : ExitCode.Done;
        if (indicators.Length == 0)
        {
            error.WriteLine("vittne: name the indicator that is no longer allowed");
        }

        foreach (string indicator in indicators)
        {
            if (AllowEntry.TryCreate(indicator, host, "", "", out AllowEntry? entry, out string problem) && list.Remove(entry!))
            {
                output.WriteLine($"no longer allowed {TerminalText.Escape(entry!.Indicator)}");
            }
            else
            {
                error.WriteLine($"vittne: {(problem.Length > 0 ? problem : $"{indicator} is not allowed")}");
                status = ExitCode.Error;
            }
        }

        list.Save();
        return status;
    }
}
