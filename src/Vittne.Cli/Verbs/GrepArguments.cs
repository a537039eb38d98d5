using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne grep</c> understands on the command line: ngrep's letters, so <c>-i</c> and <c>-w</c> are not those of other verbs.</summary>
internal sealed class GrepArguments
{
    public Argument<string[]> Words { get; } = new("PATTERN CAPTURE")
    {
        Description = "A pattern as PCRE2 has them (\"\" for all), then capture files, folders, globs, or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> IgnoreCase { get; } = new("--ignore-case", "-i") { Description = "ASCII letters match both cases." };

    public Option<bool> Word { get; } = new("--word", "-w") { Description = "Match as a word only: other characters, or an end of the payload and another one, around it." };

    public Option<bool> Invert { get; } = new("--invert-match", "-v") { Description = "Show packets with payload that do not match." };

    public Option<bool> Hex { get; } = new("--hex", "-X") { Description = "The pattern is bytes in hexadecimal, such as 4d5a or 0x4d5a." };

    public Option<bool> SingleLine { get; } = new("--single-line", "-M") { Description = "The dot does not match a line feed." };

    public Option<bool> Wide { get; } = new("--wide") { Description = "Match the pattern in UTF-16 (little-endian) as well." };

    public Option<string[]> Patterns { get; } = new("--patterns")
    {
        Description = "Search for all patterns in a file, one a line, in one pass; the first word is then a capture. Any number of plain texts costs hardly more than one.",
        HelpName = "FILE",
    };

    public Option<bool> Streams { get; } = new("--streams") { Description = "Search streams put together from segments, and datagrams, inside of tunnels too: every match is told with its offset." };

    public Option<bool> Decoded { get; } = new("--decoded") { Description = "Search heads and bodies of HTTP messages without chunks and compression (gzip, deflate, br, zstd), and parts of mail without their encoding." };

    public Option<string?> WritePackets { get; } = new("--write", "-O") { Description = "Write the packets shown to this pcap file as well.", HelpName = "FILE" };

    public Option<string?> WriteFlows { get; } = new("--write-flows") { Description = "Write all packets of the flows of the packets shown to this pcap file.", HelpName = "FILE" };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    public Option<bool> Follow { get; } = FollowArguments.CreateOption();

    public ExpressionArguments Expression { get; } = new();

    public Option<bool> ShowEmpty { get; } = new("--show-empty", "-e") { Description = "Show packets without payload too, whatever the pattern." };

    public Option<long> MaxMatches { get; } = new("--max-count", "-n") { Description = "End after so many matches.", HelpName = "N" };

    public Option<int> After { get; } = new("--after-context", "-A") { Description = "Show so many packets after each match as well.", HelpName = "N" };

    public Option<int> Before { get; } = new("--before-context", "-B") { Description = "Show so many packets before each match as well.", HelpName = "N" };

    public Option<int> Context { get; } = new("--context", "-C") { Description = "Show so many bytes around the match instead of the whole payload.", HelpName = "N" };

    public Option<int> Limit { get; } = new("--limit", "-S") { Description = "Search and show the first N bytes of each payload only.", HelpName = "N" };

    public Option<bool> First { get; } = new("--first") { Description = "Only the first match of each flow." };

    public Option<bool> Time { get; } = new("--timestamps", "-t") { Description = "Print the time of each packet." };

    public Option<bool> Delay { get; } = new("--delta", "-T") { Description = "Print the time since the packet before; twice: since the first.", Arity = ArgumentArity.Zero };

    public Option<bool> Protocol { get; } = new("--protocol", "-N") { Description = "Print the number of the IP protocol." };

    public Option<string?> Form { get; } = new("--form", "-W") { Description = "Form of payloads: normal, byline, none or single.", HelpName = "FORM" };

    public Option<int> Columns { get; } = new("--columns", "-c") { Description = "Columns of a line of the normal form; default is the terminal's, or 80.", HelpName = "N" };

    public Option<string?> NotPrintable { get; } = new("--nonprintable", "-P") { Description = "Stands for bytes that cannot be printed; default is a dot.", HelpName = "CHAR" };

    public Option<bool> HexDump { get; } = new("--hexdump", "-x") { Description = "Print payloads as hexadecimal numbers and text." };

    public Option<bool> WithName { get; } = new("--with-filename", "-H") { Description = "Print the name of the capture before each packet." };

    public Option<bool> CountOnly { get; } = new("--count") { Description = "Print only how many packets would be shown." };

    public Option<string> Format { get; } = new("--format") { Description = "text or json.", HelpName = "FORM" };

    public LiveArguments Live { get; } = new("-d", hasCount: false);

    public Option<string[]> Input { get; } = new("-I") { Description = "A capture, as ngrep names it.", HelpName = "CAPTURE" };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets after this time.", HelpName = "TIME" };

    public Option<string?> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output.", HelpName = "PATH" };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads, 1 to 64; default is one for each processor, up to 8. The output is the same for any number.", HelpName = "N" };

    public Option<bool> NoFragments { get; } = new("--no-defragment") { Description = "Search fragments one by one only, not the datagrams that they make." };

    public Option<bool> FailOnMatch { get; } = new("--fail-on-match") { Description = "End with status 3 when something was found." };

    public Option<bool> QuietStatus { get; } = new("--quiet-status") { Description = "End with status 0 when something was found and 1 when nothing was, as grep does." };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours on a terminal." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Words);
        Option[] options =
        [
            IgnoreCase, Word, Invert, Hex, SingleLine, Wide, Patterns, Streams, Decoded, WritePackets, WriteFlows, .. Expression.All, Follow, ShowEmpty, MaxMatches, After, Before, Context, Limit, First, Time, Delay, Protocol, Form, Columns, NotPrintable,
            HexDump, WithName, CountOnly, Format, .. Live.All, Input, From, To, Out, Workers, NoFragments, FailOnMatch, QuietStatus, NoSandbox, NoColor, Quiet,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
