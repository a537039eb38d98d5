using System.CommandLine;
using System.Globalization;
using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Cli.Rendering;
using Vittne.Engine.Recording;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne capture</c>: records what an interface receives.</summary>
internal static class CaptureVerb
{
    public static Command Create()
    {
        var o = new CaptureArguments();
        var verb = new Command("capture", "Records the packets of a network interface (Linux).");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(parsed.GetValue(o.List) ? List(io.Output) : Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int List(TextWriter output)
    {
        foreach (InterfaceFacts facts in InterfaceListing.All())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{facts.Index,3}  {facts.Name,-16} {facts.State,-8} {string.Join(' ', facts.Addresses)}").TrimEnd());
        }

        return ExitCode.Done;
    }

    private static int Run(CaptureArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (!CaptureRequest.TryRead(o, parsed, error, out CaptureRequest? request))
        {
            return ExitCode.Usage;
        }

        if (!o.Expression.TryRead(parsed, request.Words, error, out PacketFilter? expression))
        {
            return ExitCode.Usage;
        }

        using LiveSession live = LiveSession.Open(request.Live.Matching(expression), error, request.IsQuiet, cancellation);
        using var run = new RecordingRun(request.Options(expression, output, live.Show), live.Source);
        if (!live.TryBecomeUser() || (request.OpensFilesLater && !IsWritable(request, error)))
        {
            return ExitCode.Error;
        }

        RecordingSummary summary = run.Run(live.Stopped);
        live.Close();
        return Tell(summary, request, error);
    }

    private static int Tell(RecordingSummary summary, CaptureRequest request, TextWriter error)
    {
        if (summary.SourceFailure is { } failure)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(request.Live.Interface)} {failure}");
        }

        if (summary.OutputFailure is { } problem && !summary.IsReaderGone)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
        }

        if (summary.IsDiskFull)
        {
            error.WriteLine("vittne: the disk has less free than --min-free asks for; the recording ended");
        }

        return summary.IsReaderGone ? ExitCode.Done
            : summary.SourceFailure is not null || summary.OutputFailure is not null || summary.IsDiskFull ? ExitCode.Error
            : ExitCode.Done;
    }

    /// <summary>Whether the files of a series can be made by the user that this process has become.</summary>
    private static bool IsWritable(CaptureRequest request, TextWriter error)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(request.Path))!;
        string probe = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using var file = new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            string user = request.Live.User is { } name ? $" {TerminalText.Escape(name)}" : "";
            error.WriteLine($"vittne: capture:{user} may not write to {TerminalText.Escape(folder)}, where the files are to be; give the folder to that user, or name another with -Z");
            return false;
        }
    }
}
