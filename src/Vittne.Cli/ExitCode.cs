namespace Vittne.Cli;

/// <summary>Exit status of the program; part of its interface, scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Error = 1;
    public const int Usage = 2;
    public const int Found = 3;

    /// <summary>128 and the number of SIGINT, as shells tell it.</summary>
    public const int Interrupted = 130;
}
