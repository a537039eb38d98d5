using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What verbs that read from an interface understand on the command line.</summary>
/// <param name="letter">The short name of the option that names the interface.</param>
/// <param name="hasCount">False where <c>--count</c> and <c>-c</c> mean something else.</param>
internal sealed class LiveArguments(string letter = "-i", bool hasCount = true)
{
    public Option<string[]> Interface { get; } = new(letter, "--interface")
    {
        Description = "Read from a network interface of this machine until Ctrl-C (Linux); 'any' reads all of them.",
        HelpName = "IFACE",
    };

    public Option<string> Ring { get; } = new("--ring") { Description = $"With {letter}: bytes of the ring shared with the kernel, such as 256M; default 64M.", HelpName = "SIZE" };

    public Option<bool> NoPromiscuous { get; } = new("--no-promiscuous", "-p") { Description = $"With {letter}: only packets that this machine would get anyway." };

    public Option<long> Count { get; } = new("--count", "-c") { Description = $"With {letter}: end after so many packets.", HelpName = "N" };

    public Option<double> Duration { get; } = new("--duration") { Description = $"With {letter}: end after so many seconds.", HelpName = "S" };

    public Option<string> User { get; } = new("-Z", "--relinquish-privileges")
    {
        Description = $"With {letter}: become this user once the interface and the outputs are open.",
        HelpName = "USER",
    };

    /// <summary>All of them.</summary>
    public Option[] All => hasCount ? [Interface, Ring, NoPromiscuous, Count, Duration, User] : [Interface, Ring, NoPromiscuous, Duration, User];
}
