using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne flows</c> understands on the command line about reading and measuring.</summary>
internal sealed class FlowsArguments
{
    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input; several are one run in the order given. Files of flow records (our own JSON and CSV, Zeek, EVE, nfdump, ra, IPFIX, NetFlow 9) are told by their content.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string> Idle { get; } = new("--idle") { Description = "A flow is over after so long without packets, such as 60s or 5m; default depends on the protocol.", HelpName = "TIME" };

    public Option<string> Active { get; } = new("--active") { Description = "Tell a flow at the latest after so long, though it goes on.", HelpName = "TIME" };

    public Option<string> Timeouts { get; } = new("--timeouts") { Description = "Time-outs of another program: argus, zeek or suricata.", HelpName = "NAME" };

    public Option<string> Interval { get; } = new("--interval") { Description = "Tell each flow once in so much time in which it had packets; counters are those of the interval.", HelpName = "TIME" };

    public Option<string[]> Key { get; } = new("--key") { Description = "What tells flows apart besides protocol, addresses and ports: vlan, tunnel, iface.", HelpName = "PART,…" };

    public Option<bool> NonIp { get; } = new("--non-ip") { Description = "Tell frames without IP too; ARP always is." };

    public Option<string> Checksums { get; } = new("--checksums")
    {
        Description = "ignore, check (count packets with a wrong one) or drop (leave them out, as Zeek does).",
        DefaultValueFactory = _ => "ignore",
        HelpName = "RULE",
    };

    public Option<bool> Features { get; } = new("--features") { Description = "Measure what machine learning asks for too: flag counts, header bytes, active and idle times." };

    public Option<int> MaxFlows { get; } = new("--max-flows") { Description = "Flows that are followed at once; beyond it those that end next are ended early, and counted.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };

    public Option<string> MaxSeek { get; } = new("--max-seek") { Description = "A TCP sequence number that jumps further begins a new flow.", DefaultValueFactory = _ => "16Mi", HelpName = "BYTES" };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets after this time.", HelpName = "TIME" };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output; udp://HOST:PORT sends ipfix or netflow9 to a collector.", HelpName = "PATH" };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads that follow flows, 1 to 64; the output is the same for any number.", DefaultValueFactory = _ => 1, HelpName = "N" };

    public Option<bool> Strict { get; } = new("--strict") { Description = "Exit with 1 when a capture is cut or damaged, or a record cannot be read." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options = [Idle, Active, Timeouts, Interval, Key, NonIp, Checksums, Features, MaxFlows, MaxSeek, From, To, Out, Workers, Strict, Quiet, NoSandbox];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
