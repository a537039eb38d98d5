using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>Options for a series of files.</summary>
internal sealed class RotationArguments
{
    public Option<string> Size { get; } = new("-C")
    {
        Description = "Go on with the next file after so many million bytes; KiB, MiB and GiB may be written behind the number.",
        HelpName = "SIZE",
    };

    public Option<long> Seconds { get; } = new("-G") { Description = "Go on with the next file after so many seconds; FILE is a pattern of strftime.", HelpName = "SECONDS" };

    public Option<int> Files { get; } = new("-W") { Description = "With -C, a ring of so many files; with -G, stop after so many.", HelpName = "N" };

    public Option<bool> ByClock { get; } = new("--by-clock") { Description = "-G counts the seconds of the machine's clock, not of the packets." };

    public Option<bool> OnRotate { get; } = new("--on-rotate") { Description = "Tell each file that is complete on standard output, one JSON object a line." };

    public Option<string> SplitBy { get; } = new("--split-by")
    {
        Description = "Several files: flow, host (pairs), count=N packets, size=SIZE or time=SECONDS.",
        HelpName = "KIND",
    };

    /// <summary>Those that recording has too.</summary>
    public IReadOnlyList<Option> All => [Size, Seconds, Files, ByClock, OnRotate];
}
