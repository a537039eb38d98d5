using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Cli.Rendering;
using Vittne.Engine.Hunt;
using Vittne.Engine.Output;
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

        List<string> captures = [.. CapturePaths.Expand(request.Captures)];
        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        using TrailIndex? index = request.HeuristicsOnly ? null : HuntTrails.Load(request, error);
        if (index is null && !request.HeuristicsOnly)
        {
            return ExitCode.Error;
        }

        if (!HuntMuting.TryCreate(request, index, parsed.GetValue(o.IgnoreRegex), error, out ThreatMuting? muting))
        {
            return ExitCode.Usage;
        }

        using Stream results = request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        var palette = Palette.For(output, request.NoColor || request.OutputPath is not null);
        IThreatWriter writer = request.Format switch
        {
            "jsonl" => new JsonThreatWriter(results, captures, isArray: false),
            "json" => new JsonThreatWriter(results, captures, isArray: true),
            "maltrail" => new MaltrailThreatWriter(results, request.Sensor, request.IsUtc ? TimeZoneInfo.Utc : TimeZoneInfo.Local),
            _ => new ThreatText(results, request.ShowsAll, palette),
        };
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet);
        var tally = new ThreatTally();
        var run = new HuntRun(request.Options(index) with { Muting = muting }, request.Spine(captures, progress), threat =>
        {
            tally.Add(threat);
            writer.Write(threat);
        });
        HuntSummary summary = run.Run(cancellation);
        writer.Flush();
        progress?.Clear();
        HuntClosing.Tell(summary, tally, muting, clock.Elapsed, request.IsQuiet, error);
        if (summary.Input.IsStopped)
        {
            return ExitCode.Interrupted;
        }

        return summary.Input.CapturesFailed > 0 ? ExitCode.Error
            : request.FailsOnMatch && summary.Events > 0 ? ExitCode.Found
            : ExitCode.Done;
    }
}
