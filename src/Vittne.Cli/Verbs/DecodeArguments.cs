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

    public Option<string[]> Decoders { get; } = new("-d", "--decoder") { Description = "Decoders, comma-separated; 'all' for every one that tells records.", HelpName = "NAME,…" };

    public Option<string> Format { get; } = new("--format") { Description = "text or jsonl.", DefaultValueFactory = _ => "text", HelpName = "FORM" };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output.", HelpName = "PATH" };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads that follow flows, 1 to 64; the output is the same for any number.", DefaultValueFactory = _ => 1, HelpName = "N" };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options = [Decoders, Format, Out, Workers, Quiet];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
