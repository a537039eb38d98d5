using System.Diagnostics;

namespace Vittne.Cli.Tests;

/// <summary>Programs that tests start, and what they say.</summary>
internal static class ChildProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The program as the tests were built with it; it needs the runtime that the tests run on.</summary>
    public static string Vittne { get; } = Path.Combine(AppContext.BaseDirectory, "vittne");

    /// <summary>The native program of <c>publish.sh</c>, when it is there and as new as the verbs; else why it is not used.</summary>
    public static string? Native(out string obstacle)
    {
        string path = Path.Combine(Samples.Root, "artifacts", "vittne");
        obstacle = "the native program is not built (publish.sh)";
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return null;
        }

        obstacle = "the native program is older than the sandbox (publish.sh)";
        return Run(path, "decode", "--help").Output.Contains("--no-sandbox", StringComparison.Ordinal) ? path : null;
    }

    /// <summary>Whether a tool can be started here.</summary>
    public static bool Exists(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Starts a program; its output is read by the caller.</summary>
    public static Process Start(string program, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The runtime opens a socket for debuggers; and the program's own host must find the runtime of the tests.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int Status, string Output, string Error) Run(string program, params IEnumerable<string> args)
    {
        using Process process = Start(program, args);
        return End(process);
    }

    /// <summary>Waits for the end of a program.</summary>
    public static (int Status, string Output, string Error) End(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"{process.StartInfo.FileName} does not end");
        }

        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
