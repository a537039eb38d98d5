using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne capture</c> understands on the command line.</summary>
internal sealed class CaptureArguments
{
    public Argument<string[]> Words { get; } = new("EXPRESSION")
    {
        Description = "The words of a pcap-filter expression: other packets are never seen.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public LiveArguments Live { get; } = new();

    public RotationArguments Files { get; } = new();

    public Option<bool> List { get; } = new("--list-interfaces", "-D") { Description = "List the interfaces." };

    public Option<string> Write { get; } = new("--write", "-w")
    {
        Description = "The file to write, - for standard output; .pcapng, .gz, .zst and .lz4 at the end of its name choose the form.",
        HelpName = "FILE",
    };

    public Option<string> Format { get; } = new("--format") { Description = "pcap or pcapng, whatever the name says.", HelpName = "FORM" };

    public Option<bool> Micro { get; } = new("--micro") { Description = "Write pcap with microseconds." };

    public Option<int> SnapLength { get; } = new("--snap-length", "-s")
    {
        Description = "Take so many bytes of each packet at most.",
        DefaultValueFactory = _ => 262_144,
        HelpName = "N",
    };

    public ExpressionArguments Expression { get; } = new();

    public Option<string> Size { get; } = new("--size") { Description = "End after so many million bytes in all files; KiB, MiB and GiB may be written behind the number.", HelpName = "SIZE" };

    public Option<string> MinFree { get; } = new("--min-free") { Description = "End before fewer bytes than this are free where the file is.", HelpName = "SIZE" };

    public Option<bool> Flush { get; } = new("--packet-buffered", "-U") { Description = "Hand packets on as soon as they are read, so that whoever reads the file has them." };

    public Option<int> Workers { get; } = new("--workers")
    {
        Description = "Rings that the kernel fills side by side, 1 to 64; the file is in order of time for any number.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    public Option<bool> Retry { get; } = new("--retry") { Description = "Wait when the interface goes down or is removed, until it is back; else the recording ends." };

    public Option<bool> Immediate { get; } = new("--immediate") { Description = "Read packets as soon as they come, not in blocks of up to 60 ms." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No words but about losses and errors." };

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Words);
        Option[] options =
        [
            .. Live.All, List, Write, Format, Micro, SnapLength, Size, .. Files.All, MinFree, Workers, Retry, Flush, Immediate, Quiet,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }

        Expression.AddTo(verb);
    }
}
