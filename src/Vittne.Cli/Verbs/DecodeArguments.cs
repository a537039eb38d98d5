using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne decode</c> understands on the command line.</summary>
internal sealed class DecodeArguments
{
    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input; several are one run in the order given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string?> List { get; } = new("--list", "-l")
    {
        Description = "List the decoders; with a name, its fields and options.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "NAME",
    };

    public Option<string[]> Decoders { get; } = new("--decoder", "-d") { Description = "Decoders, comma-separated; 'all' for every one that tells records.", HelpName = "NAME,…" };

    public Option<string> Format { get; } = new("--format") { Description = "text, jsonl, csv or fields.", HelpName = "FORM" };

    public Option<string[]> Fields { get; } = new("--field", "-e")
    {
        Description = "A column of --format fields (which it implies) or csv: dns.questions.name, src_ip, or tshark's name; once for each.",
        HelpName = "FIELD",
    };

    public Option<string[]> Header { get; } = new("-E") { Description = "header=y: a first line with the names, for --format fields.", HelpName = "header=y" };

    public Option<string> Aggregator { get; } = new("--aggregator") { Description = "Between the values of one cell of --format fields; default is a comma.", HelpName = "TEXT" };

    public Option<string> Separator { get; } = new("--separator") { Description = "Between the cells of --format fields; default is a tab.", HelpName = "TEXT" };

    public Option<string[]> Set { get; } = new("--set") { Description = "Set an option of a decoder; -l NAME lists them.", HelpName = "DECODER.OPTION=VALUE" };

    public Option<string[]> KeyLog { get; } = new("--keylog")
    {
        Description = "Decrypt TLS and QUIC with the secrets of this file (SSLKEYLOGFILE); those in a pcapng capture are used anyway.",
        HelpName = "FILE",
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Text with a line for each field." };

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets after this time.", HelpName = "TIME" };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output.", HelpName = "PATH" };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads that follow flows, 1 to 64; the output is the same for any number.", DefaultValueFactory = _ => 1, HelpName = "N" };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options = [List, Decoders, Format, Fields, Header, Aggregator, Separator, Verbose, Set, KeyLog, From, To, Out, Workers, Quiet, NoSandbox];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
