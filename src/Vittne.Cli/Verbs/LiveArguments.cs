using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>What verbs that read from an interface understand on the command line.</summary>
internal sealed class LiveArguments
{
    public Option<string[]> Interface { get; } = new("-i", "--interface")
    {
        Description = "Read from a network interface of this machine until Ctrl-C (Linux); 'any' reads all of them.",
        HelpName = "IFACE",
    };

    public Option<string> Ring { get; } = new("--ring") { Description = "With -i: bytes of the ring shared with the kernel, such as 256M; default 64M.", HelpName = "SIZE" };

    public Option<bool> NoPromiscuous { get; } = new("--no-promiscuous", "-p") { Description = "With -i: only packets that this machine would get anyway." };

    public Option<long> Count { get; } = new("--count", "-c") { Description = "With -i: end after so many packets.", HelpName = "N" };

    public Option<double> Duration { get; } = new("--duration") { Description = "With -i: end after so many seconds.", HelpName = "S" };

    public Option<string> User { get; } = new("-Z", "--relinquish-privileges")
    {
        Description = "With -i: become this user once the interface and the outputs are open.",
        HelpName = "USER",
    };

    /// <summary>All of them.</summary>
    public Option[] All => [Interface, Ring, NoPromiscuous, Count, Duration, User];
}
