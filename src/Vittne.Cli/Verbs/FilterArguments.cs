using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne filter</c> understands on the command line.</summary>
internal sealed class FilterArguments
{
    public Argument<string[]> Words { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string> Write { get; } = new("--write", "-w")
    {
        Description = "The file to write, - for standard output; .pcapng, .gz, .zst and .lz4 at the end of its name choose the form. Without it packets are counted.",
        HelpName = "FILE",
    };

    public Option<string> Format { get; } = new("--format") { Description = "pcap or pcapng, whatever the name says.", HelpName = "FORM" };

    public Option<long> Count { get; } = new("--count", "-c") { Description = "Stop after so many packets were kept.", HelpName = "N" };

    public Option<int> SnapLength { get; } = new("--snap-length", "-s") { Description = "Keep so many bytes of each packet at most.", HelpName = "N" };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets from this time on.", HelpName = "TIME" };

    public Option<string> Range { get; } = new("--range") { Description = "Keep the packets with these numbers, counted over all inputs: 1-5,9,100-.", HelpName = "LIST" };

    public Option<bool> Invert { get; } = new("--invert") { Description = "Keep the packets that would be left out, and leave out the others." };

    public Option<bool> Nano { get; } = new("--nano") { Description = "Write pcap with nanoseconds." };

    public Option<bool> Micro { get; } = new("--micro") { Description = "Write pcap with microseconds." };

    public Option<bool> FailOnMatch { get; } = new("--fail-on-match") { Description = "End with status 3 when a packet was kept." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Words);
        Option[] options = [Write, Format, Count, SnapLength, From, To, Range, Invert, Nano, Micro, FailOnMatch, Quiet];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
