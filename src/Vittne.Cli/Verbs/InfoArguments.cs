using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne info</c> understands on the command line.</summary>
internal sealed class InfoArguments
{
    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input; each is described by itself.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string> Format { get; } = new("--format") { Description = "text, table or json.", DefaultValueFactory = _ => "text", HelpName = "FORM" };

    public Option<bool> Deep { get; } = new("--deep")
    {
        Description = "Decode the packets too: where the capture was made, router, NAT, losses, doubles, clock, offload, protocols, talkers.",
    };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads of --deep, 1 or more; the output is the same for any number.", DefaultValueFactory = _ => 2, HelpName = "N" };

    public Option<bool> NoHash { get; } = new("--no-hash") { Description = "Make no digest of the file." };

    public Option<string> Hashes { get; } = new("--hashes")
    {
        Description = "More digests of the file beside SHA-256, comma-separated: sha1, md5, ripemd160.",
        HelpName = "NAME,…",
    };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Write results to this file instead of standard output.", HelpName = "PATH" };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress." };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options = [Format, Deep, NoHash, Hashes, Out, Workers, NoSandbox, Quiet];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
