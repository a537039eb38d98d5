using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Cli.Rendering;
using Vittne.Engine.Hunt;
using Vittne.Engine.Output;
using Vittne.Engine.Spine;
using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne hunt</c>: the threats in captures, by trails and heuristics.</summary>
internal static class HuntVerb
{
    public static Command Create()
    {
        var o = new HuntArguments();
        var verb = new Command("hunt", "Tells the threats in captures: known indicators (trails) and suspicious behaviour (heuristics).");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(HuntArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (!HuntRequest.TryRead(o, parsed, error, out HuntRequest? request))
        {
            return ExitCode.Usage;
        }

        List<string> captures = request.Live is { } wanted ? [wanted.Interface] : [.. CapturePaths.Expand(request.Captures)];
        if (!o.Expression.TryReadWithFlows(parsed, request.Live is null && !parsed.GetValue(o.Follow) ? captures : null, error, out PacketFilter? filter))
        {
            return ExitCode.Usage;
        }

        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        bool follows = parsed.GetValue(o.Follow);
        if (follows && (request.Live is null ? FollowArguments.Problem(captures) : "--follow is for captures, not for an interface") is { } unfit)
        {
            error.WriteLine($"vittne: hunt: {unfit}");
            return ExitCode.Usage;
        }

        using TrailIndex? index = request.HeuristicsOnly ? null : HuntTrails.Load(request, error);
        if (index is null && !request.HeuristicsOnly)
        {
            return ExitCode.Error;
        }

        if (!HuntMuting.TryCreate(request, index, error, out ThreatMuting? muting))
        {
            return ExitCode.Usage;
        }

        // Before the results, so that a wrong name does not empty an older file.
        using LiveSession? live = request.Live is null ? null : LiveSession.Open(request.Live.Matching(filter), error, request.IsQuiet, cancellation);
        using FollowedCapture? followed = follows ? FollowedCapture.Open(captures[0], cancellation) : null;
        using Stream results = request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        var palette = Palette.For(output, request.NoColor || request.OutputPath is not null);
        using var outputs = new HuntOutputs(request, results, captures, index, palette);
        if (live?.TryBecomeUser() == false)
        {
            return ExitCode.Error;
        }

        VerbSandbox.Enter(parsed.GetValue(o.NoSandbox), live is null ? captures : [], request.Outputs.LogFolder, request.Outputs.UsesNetwork);
        IThreatWriter writer = outputs.Writer;
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet || live is not null || follows);
        var tally = new ThreatTally();
        long events = 0;
        long passedOn = 0;
        SpineOptions input = request.Spine(captures, progress) with { Filter = filter };
        if ((live?.Source ?? followed) is { } source)
        {
            input = input with
            {
                Captures = [],
                Live = source,
                Turn = () =>
                {
                    if (events > passedOn)
                    {
                        writer.PassOn();
                        passedOn = events;
                    }

                    live?.Show(events);
                },
            };
        }

        var run = new HuntRun(request.Options(index) with { Muting = muting }, input, threat =>
        {
            events++;
            tally.Add(threat);
            writer.Write(threat);
        });
        HuntSummary summary = run.Run(live?.Stopped ?? cancellation);
        writer.Flush();
        progress?.Clear();
        live?.Close();
        bool isWhole = outputs.Tell(summary.Input.Notes, error, request.IsQuiet);
        HuntClosing.Tell(summary, tally, muting, clock.Elapsed, request.IsQuiet, error);
        if (summary.Input.IsStopped)
        {
            return ExitCode.Interrupted;
        }

        return summary.Input.CapturesFailed > 0 || !isWhole ? ExitCode.Error
            : request.FailsOnMatch && summary.Events > 0 ? ExitCode.Found
            : ExitCode.Done;
    }
}
