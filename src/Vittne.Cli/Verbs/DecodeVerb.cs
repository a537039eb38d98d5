using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Cli.Rendering;
using Vittne.Engine.Decode;
using Vittne.Engine.Output;
using Vittne.Engine.Spine;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne decode</c>: what protocols said, record by record.</summary>
internal static class DecodeVerb
{
    public static Command Create()
    {
        var o = new DecodeArguments();
        var verb = new Command("decode", "Tells what protocols said: named decoders, one record a message or transaction.");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(DecodeArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        string[] names = [.. (parsed.GetValue(o.Decoders) ?? []).SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        List<Decoder> decoders = [.. names.Select(DecoderRegistry.Find).OfType<Decoder>()];
        if (names.Length == 0 || decoders.Count < names.Length)
        {
            error.WriteLine("vittne: name decoders with -d");
            return ExitCode.Usage;
        }

        List<string> captures = [.. CapturePaths.Expand(parsed.GetValue(o.Captures) ?? [])];
        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        string? path = parsed.GetValue(o.Out);
        bool isQuiet = parsed.GetValue(o.Quiet);
        using Stream results = path is null ? TextWriterStream.Of(output) : File.Create(path);
        var writer = new JsonRecordWriter(results, captures);
        ProgressLine? progress = ProgressLine.For(error, isQuiet);
        var run = new DecodeRun(
            new DecodeOptions { Decoders = decoders },
            new SpineOptions { Captures = captures, Workers = parsed.GetValue(o.Workers), Progress = progress is null ? null : progress.Show },
            (decoder, record) => writer.Write(decoder.Schema, record));
        DecodeSummary summary = run.Run(cancellation);
        writer.Flush();
        progress?.Clear();
        DecodeClosing.Tell(summary, clock.Elapsed, isQuiet, error);
        return summary.Input.IsStopped ? ExitCode.Interrupted
            : summary.Input.CapturesFailed + summary.Input.CapturesCut > 0 ? ExitCode.Error
            : ExitCode.Done;
    }
}
