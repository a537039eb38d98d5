using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>Options of <c>vittne flows</c> that ask for analyses instead of flows, and say from when something is told.</summary>
internal sealed class FlowAnalysisArguments
{
    public Option<bool> Beacons { get; } = new("--beacons") { Description = "Tell hosts that connect to another one in a rhythm." };

    public Option<bool> Exfil { get; } = new("--exfil") { Description = "Tell hosts inside that send much to one outside." };

    public Option<bool> Long { get; } = new("--long") { Description = "Tell flows that last an hour, or as long as the capture." };

    public Option<bool> Reverse { get; } = new("--reverse") { Description = "Tell clients that send where servers do, and connections whose far end types commands." };

    public Option<bool> Scans { get; } = new("--scans") { Description = "Tell hosts that try many ports or many hosts." };

    public Option<string> Local { get; } = new("--local") { Description = "Networks that are inside, besides private and link-local ones, for --exfil.", HelpName = "NET,…" };

    public Option<int> BeaconMin { get; } = new("--beacon-min") { Description = "Connections that a beacon has at least.", DefaultValueFactory = static _ => 10, HelpName = "N" };

    public Option<double> BeaconScore { get; } = new("--beacon-score") { Description = "Score from which a beacon is told, 0 to 1.", DefaultValueFactory = static _ => 0.7, HelpName = "SCORE" };

    public Option<string> ExfilBytes { get; } = new("--exfil-bytes") { Description = "Payload bytes sent to one host from which --exfil tells it.", DefaultValueFactory = static _ => "10M", HelpName = "BYTES" };

    public Option<double> ExfilRatio { get; } = new("--exfil-pcr") { Description = "Producer-consumer ratio that goes with them, -1 to 1.", DefaultValueFactory = static _ => 0.5, HelpName = "RATIO" };

    public Option<double> ExfilTimes { get; } = new("--exfil-times") { Description = "Or so many times the median of what the host sends to an outside host (1 MB at least).", DefaultValueFactory = static _ => 20, HelpName = "N" };

    public Option<string> ExfilCarrier { get; } = new("--exfil-carrier-bytes") { Description = "Payload bytes sent in DNS or ICMP from which --exfil tells them.", DefaultValueFactory = static _ => "100k", HelpName = "BYTES" };

    public Option<string> LongMin { get; } = new("--long-min") { Description = "Duration from which --long tells a flow.", DefaultValueFactory = static _ => "1h", HelpName = "TIME" };

    public Option<double> LongShare { get; } = new("--long-share") { Description = "Share of the capture's time that a flow covers which is open at its end, 0 to 1.", DefaultValueFactory = static _ => 0.9, HelpName = "SHARE" };

    public Option<string> LongOpen { get; } = new("--long-open") { Description = "Duration that such a flow has at least.", DefaultValueFactory = static _ => "5m", HelpName = "TIME" };

    public Option<string> ReverseBytes { get; } = new("--reverse-bytes") { Description = "Payload bytes sent by a client from which --reverse tells it.", DefaultValueFactory = static _ => "64k", HelpName = "BYTES" };

    public Option<double> ReverseRatio { get; } = new("--reverse-pcr") { Description = "Producer-consumer ratio that goes with them.", DefaultValueFactory = static _ => 0.2, HelpName = "RATIO" };

    public Option<string> ScanWindow { get; } = new("--scan-window") { Description = "Time in which attempts are counted.", DefaultValueFactory = static _ => "60s", HelpName = "TIME" };

    public Option<int> ScanPorts { get; } = new("--scan-ports") { Description = "Ports of one host that make a scan.", DefaultValueFactory = static _ => 30, HelpName = "N" };

    public Option<int> ScanHosts { get; } = new("--scan-hosts") { Description = "Hosts on one port that make a scan.", DefaultValueFactory = static _ => 30, HelpName = "N" };

    public Option<double> ScanUnanswered { get; } = new("--scan-unanswered") { Description = "Share of attempts that no service answers, 0 to 1.", DefaultValueFactory = static _ => 0.6, HelpName = "SHARE" };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        Option[] options =
        [
            Beacons, Exfil, Long, Reverse, Scans, Local, BeaconMin, BeaconScore, ExfilBytes, ExfilRatio, ExfilTimes, ExfilCarrier, LongMin, LongShare, LongOpen, ReverseBytes,
            ReverseRatio, ScanWindow, ScanPorts, ScanHosts, ScanUnanswered,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
