using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;
using Vittne.Engine.Flows;
using Vittne.Engine.Flows.Reading;
using Vittne.Flows.Jobs;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne flows</c>: who talked with whom, how much, how long and how it ended.</summary>
internal static class FlowsVerb
{
    public static Command Create()
    {
        var o = new FlowsArguments();
        var jobs = new FlowJobArguments();
        var analyses = new FlowAnalysisArguments();
        var expression = new ExpressionArguments();
        var verb = new Command("flows", "Tells flows, both directions in one record: who, how much, how long, in which state; filtered, merged and sorted.");
        o.AddTo(verb);
        jobs.AddTo(verb);
        analyses.AddTo(verb);
        expression.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, jobs, analyses, expression, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(
        FlowsArguments o, FlowJobArguments jobArguments, FlowAnalysisArguments analysisArguments, ExpressionArguments expression, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (!FlowsRequest.TryRead(o, jobArguments, analysisArguments, parsed, error, out FlowsRequest? request) || !expression.TryRead(parsed, error, out PacketFilter? filter))
        {
            return ExitCode.Usage;
        }

        if (request.Work.ListsFields)
        {
            FlowFieldListing.Write(output);
            return ExitCode.Done;
        }

        List<string> captures = [.. CapturePaths.Expand(request.Captures)];
        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        using var inputs = FlowInputs.Open(captures);
        foreach (string warning in request.Work.Warnings)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(warning)}");
        }

        using FlowOutput? writer = FlowOutput.Open(request, captures, output, error);
        if (writer is null)
        {
            return ExitCode.Usage;
        }

        var jobs = new FlowJobs(request.Work.Options, writer.Sink);
        VerbSandbox.Enter(parsed.GetValue(o.NoSandbox), captures, usesNetwork: writer.UsesNetwork);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet);
        var run = new FlowsRun(request.Options, request.Spine(inputs.Captures, progress) with { Filter = filter, StandardInput = inputs.StandardInput }, jobs.Add);
        inputs.ReadBefore(jobs.Add, cancellation);
        FlowsSummary summary = run.Run(cancellation);
        inputs.ReadAfter(jobs.Add, cancellation);
        jobs.Finish();
        progress?.Clear();
        FlowsClosing.Tell(summary, inputs, [.. jobs.Notes(), .. writer.Notes], writer.LeftOut, clock.Elapsed, request.IsQuiet, error);
        return Status(summary, inputs, request.IsStrict);
    }

    private static int Status(FlowsSummary summary, FlowInputs inputs, bool isStrict) => summary.Input.IsStopped ? ExitCode.Interrupted
        : summary.Input.CapturesFailed + inputs.Failed > 0 || (isStrict && (summary.Input.CapturesCut > 0 || inputs.Broken > 0)) || FlowsClosing.IsUnreadable(summary) ? ExitCode.Error
        : ExitCode.Done;
}
