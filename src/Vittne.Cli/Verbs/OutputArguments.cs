using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>Options of <c>vittne hunt</c> that say where events go and how many lines a flood makes.</summary>
internal sealed class OutputArguments
{
    public Option<string> LogDir { get; } = new("--log-dir") { Description = "Also write Maltrail lines to daily files YYYY-MM-DD.log in this folder.", HelpName = "DIR" };

    public Option<string> Syslog { get; } = new("--syslog")
    {
        Description = "Also send CEF messages by syslog: [udp://|tcp://|tls://]HOST:PORT, comma-separated.",
        HelpName = "HOST:PORT,…",
    };

    public Option<string> TlsCa { get; } = new("--tls-ca") { Description = "Certificates (PEM) to trust for tls:// instead of those of the system.", HelpName = "FILE" };

    public Option<string> Logstash { get; } = new("--logstash") { Description = "Also send JSON datagrams to Logstash.", HelpName = "HOST:PORT,…" };

    public Option<string> LogServer { get; } = new("--log-server") { Description = "Also send log lines to Maltrail log servers, as datagrams.", HelpName = "HOST:PORT,…" };

    public Option<string> Throttle { get; } = new("--throttle")
    {
        Description = "Condense floods: of a source and trail, N events in W seconds are told one by one, the rest as one with its count. Default for logs and remote targets: burst=3,window=60; 'off' is --all.",
        HelpName = "burst=N,window=W|off",
    };

    public Option<bool> CefMaltrail { get; } = new("--cef-maltrail") { Description = "Severities 0, 1, 2 in CEF as Maltrail has them, instead of 3, 6, 9." };

    public Option<string> SeverityRules { get; } = new("--severity-rules")
    {
        Description = "Own rules for severities, a line each: low|medium|high info|reference|any REGEX; the first that applies decides.",
        HelpName = "FILE",
    };

    public Option<string> MaltrailConf { get; } = new("--maltrail-conf") { Description = "Take settings from a maltrail.conf; options on the command line come first.", HelpName = "FILE" };

    /// <summary>All of them, in the order of the help.</summary>
    public Option[] All => [LogDir, Syslog, TlsCa, Logstash, LogServer, Throttle, CefMaltrail, SeverityRules, MaltrailConf];
}
