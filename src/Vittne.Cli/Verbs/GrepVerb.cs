using System.CommandLine;
using System.Diagnostics;
using Vittne.Cli.Rendering;
using Vittne.Engine.Grep;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne grep</c>: packets whose payload matches a pattern.</summary>
internal static class GrepVerb
{
    public static Command Create()
    {
        var o = new GrepArguments();
        var verb = new Command("grep", "Searches payloads for a pattern, with ngrep's letters.");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(GrepArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (!GrepRequest.TryRead(o, parsed, output, error, out GrepRequest? request))
        {
            return ExitCode.Usage;
        }

        using LiveSession? live = request.Live is null ? null : LiveSession.Open(request.Live, error, request.IsQuiet, cancellation);
        using Stream results = request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        IGrepWriter writer = request.Writer(results);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet || live is not null || !Console.IsOutputRedirected);
        var input = new GrepInput
        {
            Captures = live is null ? request.Captures : [],
            Live = live?.Source,
            Turn = live is null ? null : () => live.Show(events: 0),
            Workers = request.Workers,
            FromNs = request.FromNs,
            ToNs = request.ToNs,
            Progress = progress is null ? null : progress.Show,
        };
        GrepSummary summary = new GrepRun(request.Options, input, writer).Run(live?.Stopped ?? cancellation);
        (writer as GrepTally)?.Tell();
        progress?.Clear();
        live?.Close();
        GrepClosing.Tell(summary, clock.Elapsed, request.IsQuiet, error);
        return request.StatusOf(summary);
    }
}
