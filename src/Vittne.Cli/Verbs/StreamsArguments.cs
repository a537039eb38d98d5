using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne streams</c> understands on the command line: tcpflow's letters, so <c>-f</c> and <c>-F</c> are not those of other verbs.</summary>
internal sealed class StreamsArguments
{
    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = "Capture files, folders, globs, or - for standard input; several are one run in the order given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> Input { get; } = new("-r") { Description = "A capture, as tcpflow names it.", HelpName = "CAPTURE" };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "The folder that files go into; made if it is not there, and empty unless --force.", HelpName = "DIR" };

    public Option<bool> Force { get; } = new("--force") { Description = "Write into a folder with files in it; those of the same names are overwritten." };

    public Option<string> Protocol { get; } = new("--proto") { Description = "tcp, udp or all (default).", HelpName = "PROTO" };

    public Option<bool> UdpFrames { get; } = new("--udp-frames") { Description = "Write the length of each UDP datagram before it, four bytes in network order." };

    public Option<string> Template { get; } = new("--template", "-T")
    {
        Description = "Names of files: %A %a %B %b addresses and ports, %V%v VLAN, %C%c counter, %T %t time, %N %K %M %G %S number, %P protocol, %I Community ID, %d direction.",
        HelpName = "TEMPLATE",
    };

    public Option<string> Form { get; } = new("--form", "-F")
    {
        Description = "Forms of names, letters together: k, m or g folders of a thousand, t or T the time in front, c the counter always.",
        HelpName = "LETTERS",
    };

    public Option<long> MaxBytes { get; } = new("--max-bytes", "-b") { Description = "Keep the first N bytes of each direction.", HelpName = "N" };

    public Option<int> MaxSeek { get; } = new("--max-seek", "-m") { Description = "A sequence number that jumps over more than N bytes begins another stream; default is 16777216.", HelpName = "N" };

    public Option<string> Overlap { get; } = new("--overlap")
    {
        Description = "Which copy of a byte counts: first (default), last, bsd, linux, old-linux, solaris, or vista (as first).",
        HelpName = "POLICY",
    };

    public Option<string> Bodies { get; } = new("--bodies", "-e")
    {
        Description = "Write bodies of HTTP messages to files of their own beside their stream: http (those of answers), or all (of requests too).",
        HelpName = "KIND",
    };

    public Option<bool> AllBodies { get; } = new("-a") { Description = "The same as --bodies all." };

    public Option<bool> Sha256 { get; } = new("--sha256") { Description = "Tell the SHA-256 of each file in the index." };

    public Option<bool> KeepCoding { get; } = new("--no-decode", "-Z") { Description = "Leave gzip, deflate and br of bodies as they are." };

    public Option<bool> Show { get; } = new("--console", "-c") { Description = "Show streams on standard output in the order of packets instead of writing files, each piece behind the name of its stream." };

    public Option<bool> ShowBare { get; } = new("--console-only", "-C") { Description = "The same without names." };

    public Option<bool> Raw { get; } = new("--binary", "-B") { Description = "Show bytes as they are, also those that cannot be printed; on a terminal with --force only." };

    public Option<bool> Hex { get; } = new("--hexdump", "-D") { Description = "Show bytes as hexadecimal numbers and text." };

    public Option<bool> Json { get; } = new("--json", "-J") { Description = "Show an object of JSON for each packet, its payload in base64." };

    public Option<bool> NoNewline { get; } = new("--no-newline", "-0") { Description = "No line end behind each piece that is shown." };

    public Option<bool> Color { get; } = new("--color", "-g") { Description = "A colour for each side." };

    public Option<int> OpenFiles { get; } = new("--max-open", "-f") { Description = "Files that stay open at once; default is 512.", HelpName = "N" };

    public Option<string> Memory { get; } = new("--memory") { Description = "Bytes of streams that wait in memory; default is 32MiB.", HelpName = "SIZE" };

    public ExpressionArguments Expression { get; } = new(hasLetters: false);

    public Option<string> From { get; } = new("--from") { Description = "Leave out packets before this time (RFC 3339, UTC without zone, or epoch seconds).", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Leave out packets after this time.", HelpName = "TIME" };

    public Option<int> Workers { get; } = new("--workers") { Description = "Threads, 1 to 64; the files are the same for any number.", DefaultValueFactory = _ => 1, HelpName = "N" };

    public Option<bool> Strict { get; } = new("--strict") { Description = "End with status 1 when a capture is cut or damaged." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no closing line." };

    public Option<bool> NoSandbox { get; } = VerbSandbox.CreateOption();

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Captures);
        Option[] options =
        [
            Input, Out, Force, Protocol, UdpFrames, Template, Form, MaxBytes, MaxSeek, Overlap, Bodies, AllBodies, KeepCoding, Sha256, Show, ShowBare, Raw, Hex, Json, NoNewline, Color, .. Expression.All, From, To, OpenFiles, Memory, Workers, Strict, Quiet, NoSandbox,
        ];
        foreach (Option option in options)
        {
            verb.Add(option);
        }
    }
}
