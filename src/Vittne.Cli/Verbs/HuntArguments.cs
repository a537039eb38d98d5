using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne hunt</c> understands on the command line.</summary>
internal sealed class HuntArguments
{
    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input; several are one run in the order given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> Trails { get; } = new("--trails")
    {
        Description = "An index of 'vittne trails build', or lists: files, folders, trails.csv. A capture ends the list of values.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "PATH",
    };

    public Option<string[]> Whitelist { get; } = new("--whitelist")
    {
        Description = "Files with addresses, networks and domains that are never told; 'none' drops the built-in and index whitelist.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE",
    };

    public Option<string> IgnoreRegex { get; } = new("--ignore-regex")
    {
        Description = "Leave out events whose Maltrail line the pattern is found in; letter case does not count.",
        HelpName = "RE",
    };

    public Option<bool> NoHeuristics { get; } = new("--no-heuristics") { Description = "Trails only." };

    public Option<bool> HeuristicsOnly { get; } = new("--heuristics-only") { Description = "Heuristics only; no trails are needed." };

    public Option<string> Only { get; } = new("--only") { Description = "Event types to tell, comma-separated: DNS,IP,IPORT,URL,HTTP,UA,…", HelpName = "TYPE,…" };

    public Option<string> Disable { get; } = new("--disable") { Description = "Heuristics to switch off, comma-separated ids.", HelpName = "ID,…" };

    public Option<string> Enable { get; } = new("--enable") { Description = "Heuristics to switch on that are off by default, comma-separated ids.", HelpName = "ID,…" };

    public Option<bool> AllHeuristics { get; } = new("--all-heuristics") { Description = "Switch on all heuristics, also those that are off by default." };

    public Option<string> Severity { get; } = new("--severity") { Description = "Least severity to tell: low, medium or high.", HelpName = "LEVEL" };

    public Option<string> HomeNet { get; } = new("--home-net") { Description = "Networks that are home beside the private ones.", HelpName = "CIDR,…" };

    public Option<bool> DhcpNames { get; } = new("--dhcp-names") { Description = "Compare the names that hosts give themselves in DHCP as well." };

    public Option<int> ScanWindow { get; } = new("--scan-window") { Description = "Window of the scan heuristics in seconds, 1 to 3600.", DefaultValueFactory = _ => 30, HelpName = "S" };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets after this time.", HelpName = "TIME" };

    public Option<bool> All { get; } = new("--all") { Description = "One line an event, in packet order, instead of one line per source and trail." };

    public Option<string> Format { get; } = new("--format") { Description = "text, jsonl, json, csv, cef, eve (Suricata), logstash or maltrail.", DefaultValueFactory = _ => "text", HelpName = "FORM" };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output.", HelpName = "PATH" };

    public Option<string> Sensor { get; } = new("--sensor") { Description = "Name of the sensor in logs and messages; default is the host name.", HelpName = "NAME" };

    public Option<bool> Utc { get; } = new("--utc") { Description = "Maltrail and CEF times and the days of logs in UTC instead of local time." };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads that follow flows, 1 to 64; the output is the same for any number.", HelpName = "N" };

    public Option<bool> FailOnMatch { get; } = new("--fail-on-match") { Description = "End with status 3 when something was found." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours, also on a terminal." };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    public Option<bool> Console { get; } = new("--console") { Description = "Accepted for Maltrail's users; results always go to standard output.", Hidden = true };

    public Option<string[]> ReadFile { get; } = new("-r") { Description = "Accepted for users of tcpdump: a capture file.", Hidden = true };

    public ExpressionArguments Expression { get; } = new();

    public LiveArguments Live { get; } = new();

    public OutputArguments Outputs { get; } = new();

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options =
        [
            Trails, Whitelist, IgnoreRegex, All, Format, Out, Severity, Only, NoHeuristics, HeuristicsOnly, Disable, Enable, AllHeuristics, HomeNet, DhcpNames, ScanWindow, From, To,
            .. Outputs.All, Sensor, Utc, Workers, FailOnMatch, Quiet, NoColor, NoSandbox, Console, ReadFile, .. Live.All,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }

        Expression.AddTo(verb);
    }
}
