using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture.Live;
using Vittne.Capture.Writing;
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

        using LiveSession? live = request.Live is null ? null : LiveSession.Open(request.Live.Matching(request.Filter), error, request.IsQuiet, cancellation);
        using FollowedCapture? followed = request.Follows ? FollowedCapture.Open(request.Captures[0], cancellation) : null;
        using Stream results = request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        IGrepWriter told = request.Writer(results);
        GrepFlowCopy? flows = request.FlowsPath is null ? null : new GrepFlowCopy(told);
        using GrepCapture? packets = request.PacketsPath is null ? null : new GrepCapture(request.PacketsPath, flows ?? told);
        IGrepWriter writer = packets ?? flows ?? told;
        VerbSandbox.EnterWriting(parsed.GetValue(o.NoSandbox), live is null ? request.Captures : [], request.PacketsPath, request.FlowsPath);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet || live is not null || followed is not null || !Console.IsOutputRedirected);
        GrepInput input = request.Input(live, followed, progress);
        GrepSummary summary;
        try
        {
            CancellationToken stopped = live?.Stopped ?? cancellation;
            summary = request.SearchesStreams
                ? new GrepStreamRun(request.Options, input, writer).Run(stopped)
                : new GrepRun(request.Options, input, writer).Run(stopped);
            packets?.Complete();
            flows?.Copy(request.Captures, request.FlowsPath!, cancellation);
        }
        catch (OutputException failure)
        {
            progress?.Clear();
            error.WriteLine($"vittne: grep: {failure.Message}");
            return ExitCode.Error;
        }

        (told as GrepTally)?.Tell();
        progress?.Clear();
        live?.Close();
        long others = (packets?.OtherLinkTypes ?? 0) + (flows?.OtherLinkTypes ?? 0);
        if (others > 0)
        {
            error.WriteLine($"vittne: grep: {others} packets of another link type than the first were not written; a pcap file has one");
        }

        GrepClosing.Tell(summary, clock.Elapsed, request.IsQuiet, error);
        return request.StatusOf(summary);
    }
}
