using System.CommandLine;
using Vittne.Capture;
using Vittne.Cli.Rendering;

namespace Vittne.Cli.Verbs;

/// <summary>Captures that still grow.</summary>
internal static class FollowArguments
{
    /// <summary>The switch, for the verb's options.</summary>
    public static Option<bool> CreateOption() => new("--follow")
    {
        Description = "Wait for more at the end of the capture, which something else still writes, until Ctrl-C.",
    };

    /// <summary>What is wrong with following these captures; null when nothing is.</summary>
    public static string? Problem(IReadOnlyList<string> captures) =>
        captures is not [string path] ? "--follow reads one capture at a time"
            : path == CaptureReader.StandardInput ? "--follow is for files; standard input is waited for anyway"
            : !File.Exists(path) ? $"--follow: {TerminalText.Escape(path)} does not exist"
            : null;
}
