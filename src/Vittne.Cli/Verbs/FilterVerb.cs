using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne filter</c>: copies the wanted packets of captures into a new one.</summary>
internal static class FilterVerb
{
    public static Command Create()
    {
        var o = new FilterArguments();
        var verb = new Command("filter", "Copies the wanted packets of captures into a new one.");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(FilterArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (!FilterRequest.TryRead(o, parsed, error, out FilterRequest? request))
        {
            return ExitCode.Usage;
        }

        if (!o.Expression.TryRead(parsed, request.Words, error, out PacketFilter? expression))
        {
            return ExitCode.Usage;
        }

        IReadOnlyList<string> captures = CapturePaths.Expand(request.Captures);
        if (request.Explains is { } form)
        {
            return FilterExplanation.Tell(expression, form, captures, output, error);
        }

        if (captures.Count == 0)
        {
            string hint = request.Words is { } words ? $"; '{TerminalText.Escape(words)}' is no file and was taken for an expression" : "";
            error.WriteLine($"vittne: filter: no capture found{hint}; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        if (request.Follows && FollowArguments.Problem(captures) is { } problem)
        {
            error.WriteLine($"vittne: filter: {problem}");
            return ExitCode.Usage;
        }

        // Packets that are sorted wait in files beside the output, or in the folder for such files.
        VerbSandbox.EnterWriting(parsed.GetValue(o.NoSandbox), captures, request.OutputPath, request.TemporaryFile);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet || request.Follows);
        using var run = new FilterRun(request.Options(captures, expression, output, progress));
        FilterSummary summary = run.Run(cancellation);
        progress?.Clear();
        FilterClosing.Tell(summary, request, clock.Elapsed, output, error);
        return FilterClosing.Status(summary, request);
    }
}
