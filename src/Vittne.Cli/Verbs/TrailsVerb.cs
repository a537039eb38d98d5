using System.CommandLine;
using Vittne.Trails;
using Vittne.Trails.Export;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails</c>: builds, describes and asks the index of trails.</summary>
internal static class TrailsVerb
{
    public static Command Create() => new("trails", "Builds, describes and asks the index of known indicators (trails).") { Build(), TrailsUpdateVerb.Create(), Info(), Check(), Export(), Allow() };

    private static Command Build()
    {
        var paths = new Argument<string[]>("path") { Description = "Lists, folders with lists, indexes, - for standard input.", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string>("--out", "-o") { Description = "The index file; without it the one in the data folder." };
        var info = new Option<string>("--info") { Description = "What the indicators of lists without info stand for; without it the file name." };
        var column = new Option<string>("--column") { Description = "Name of the column with the indicator in CSV files." };
        var wide = new Option<bool>("--wide") { Description = "Keep networks shorter than /8 (IPv6: /16)." };
        var strict = new Option<bool>("--strict") { Description = "Write nothing when a line cannot be used." };
        var verb = new Command("build", "Compiles lists into an index.") { paths, target, info, column, wide, strict };
        verb.SetAction((parsed, _) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            var options = new TrailBuildOptions
            {
                Info = parsed.GetValue(info),
                Column = parsed.GetValue(column),
                AllowWide = parsed.GetValue(wide),
                BuiltAtSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            };
            string file = parsed.GetValue(target) ?? DataFolder.TrailIndexPath;
            return Task.FromResult(TrailsBuild.Run(parsed.GetRequiredValue(paths), file, options, parsed.GetValue(strict), io.Output, io.Error));
        });
        return verb;
    }

    private static Command Info()
    {
        var index = new Argument<string>("index") { Description = "The index file; without it the one in the data folder.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = Format();
        var verify = new Option<bool>("--verify") { Description = "Read the whole file and check its digest." };
        var verb = new Command("info", "Tells what an index holds.") { index, format, verify };
        verb.SetAction((parsed, _) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            string file = parsed.GetValue(index) ?? DataFolder.TrailIndexPath;
            return Task.FromResult(TrailsInfo.Run(file, parsed.GetValue(format) == "json", parsed.GetValue(verify), io.Output, io.Error));
        });
        return verb;
    }

    private static Command Check()
    {
        var indicators = new Argument<string[]>("indicator") { Description = "Addresses, names, URLs, hashes, defanged or not; - reads them from standard input.", Arity = ArgumentArity.OneOrMore };
        var trails = new Option<string[]>("--trails") { Description = "An index or lists; without it the index in the data folder.", AllowMultipleArgumentsPerToken = true };
        Option<string> format = Format();
        var verb = new Command("check", "Tells whether indicators are known, who says so, and why not.") { indicators, trails, format };
        verb.SetAction((parsed, _) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(TrailsCheck.Run(parsed.GetRequiredValue(indicators), parsed.GetValue(trails) ?? [], parsed.GetValue(format) == "json", io.Output, io.Error));
        });
        return verb;
    }

    private static Command Export()
    {
        var trails = new Option<string[]>("--trails") { Description = "An index or lists; without it the index in the data folder.", AllowMultipleArgumentsPerToken = true };
        var kinds = new Option<string>("--kind") { Description = "Only these kinds, comma-separated: address, endpoint, network, domain, url, …", HelpName = "KIND,…" };
        var severity = new Option<Severity>("--severity") { Description = "Least severity: low, medium or high.", DefaultValueFactory = _ => Severity.Low, HelpName = "LEVEL" };
        var format = new Option<string>("--format") { Description = string.Join(", ", TrailExport.FormatNames) + ".", DefaultValueFactory = _ => "plain", HelpName = "FORM" };
        format.AcceptOnlyFromAmong([.. TrailExport.FormatNames]);
        var target = new Option<string>("--out", "-o") { Description = "Write to this file instead of standard output." };
        var verb = new Command("export", "Writes trails for other tools: block lists, rules, intelligence formats.") { trails, kinds, severity, format, target };
        verb.SetAction((parsed, _) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            string[] wanted = parsed.GetValue(kinds)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            ExportFormat form = Enum.Parse<ExportFormat>(parsed.GetValue(format)!, ignoreCase: true);
            return Task.FromResult(TrailsExport.Run(parsed.GetValue(trails) ?? [], form, wanted, parsed.GetValue(severity), parsed.GetValue(target), io.Output, io.Error));
        });
        return verb;
    }

    private static Command Allow()
    {
        var indicators = new Argument<string[]>("indicator") { Description = "Addresses, networks, names, URLs, hashes, defanged or not.", Arity = ArgumentArity.ZeroOrMore };
        var host = new Option<string>("--host") { Description = "Only for events of these hosts.", HelpName = "CIDR" };
        var until = new Option<string>("--until") { Description = "Last day on which it is allowed (UTC), or a time.", HelpName = "DATE" };
        var reason = new Option<string>("--reason") { Description = "Why it is allowed.", HelpName = "TEXT" };
        var list = new Option<bool>("--list") { Description = "Tell what is allowed." };
        var remove = new Option<bool>("--remove") { Description = "Allow these no longer." };
        Option<string> format = Format();
        var verb = new Command("allow", "Allows indicators, so that hunt does not tell them: with a reason, for some hosts, for some time.") { indicators, host, until, reason, list, remove, format };
        verb.SetAction((parsed, _) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            string[] named = parsed.GetValue(indicators) ?? [];
            string scope = parsed.GetValue(host) ?? "";
            return Task.FromResult(parsed.GetValue(list) ? TrailsAllow.List(parsed.GetValue(format) == "json", io.Output)
                : parsed.GetValue(remove) ? TrailsAllow.Remove(named, scope, io.Output, io.Error)
                : TrailsAllow.Add(named, scope, parsed.GetValue(until) ?? "", parsed.GetValue(reason), io.Output, io.Error));
        });
        return verb;
    }

    private static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }
}
