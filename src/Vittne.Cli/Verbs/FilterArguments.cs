using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne filter</c> understands on the command line.</summary>
internal sealed class FilterArguments
{
    public Argument<string[]> Words { get; } = new("CAPTURE [EXPRESSION]")
    {
        Description = "Capture files, folders, globs, or - for standard input; behind them the words of a pcap-filter expression, or behind --.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string> Write { get; } = new("--write", "-w")
    {
        Description = "The file to write, - for standard output; .pcapng, .gz, .zst and .lz4 at the end of its name choose the form. Without it packets are counted.",
        HelpName = "FILE",
    };

    public Option<string> Format { get; } = new("--format") { Description = "pcap or pcapng, whatever the name says.", HelpName = "FORM" };

    public Option<bool> Nano { get; } = new("--nano") { Description = "Write pcap with nanoseconds." };

    public Option<bool> Micro { get; } = new("--micro") { Description = "Write pcap with microseconds." };

    public Option<long> Count { get; } = new("--count", "-c") { Description = "Stop after so many packets were kept.", HelpName = "N" };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets from this time on.", HelpName = "TIME" };

    public Option<string> Range { get; } = new("--range") { Description = "Keep the packets with these numbers, counted over all inputs: 1-5,9,100-.", HelpName = "LIST" };

    public ExpressionArguments Expression { get; } = new();

    public Option<bool> Explain { get; } = new("--explain")
    {
        Description = "Tell what the expression means for the captures' link types, and do nothing else; --explain=code and --explain=numbers tell the program as tcpdump -dd and -ddd.",
    };

    public Option<string> ExplainAs { get; } = new("--explain-as") { Description = "The same as --explain=FORM.", HelpName = "FORM", Hidden = true };

    public Option<bool> IgnoreVlan { get; } = new("--ignore-vlan") { Description = "Match as if frames had no VLAN tags; they are written with them." };

    public Option<bool> Invert { get; } = new("--invert") { Description = "Keep the packets that would be left out, and leave out the others." };

    public Option<bool> Merge { get; } = new("--merge") { Description = "Take the packets of all inputs by time, not one input after the other." };

    public Option<bool> Sort { get; } = new("--sort") { Description = "Put all packets in order of time." };

    public Option<bool> Follow { get; } = FollowArguments.CreateOption();

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    public Option<bool> FailOnMatch { get; } = new("--fail-on-match") { Description = "End with status 3 when a packet was kept." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    public FilterEditArguments Edits { get; } = new();

    public RotationArguments Files { get; } = new();

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Words);
        Option[] options =
        [
            Write, Format, Nano, Micro, Count, From, To, Range, IgnoreVlan, Explain, ExplainAs, Invert, Merge, Sort, Follow, .. Edits.All, .. Files.All, Files.SplitBy, FailOnMatch, NoSandbox, Quiet,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }

        Expression.AddTo(verb);
    }
}
