using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;
using Vittne.Engine.Decode;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne decode</c>: what protocols said, record by record.</summary>
internal static class DecodeVerb
{
    public static Command Create()
    {
        var o = new DecodeArguments();
        var verb = new Command("decode", "Tells what protocols said: named decoders, one record a message or transaction.");
        var packets = new PacketArguments();
        var expression = new ExpressionArguments();
        o.AddTo(verb);
        expression.AddTo(verb);
        packets.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, packets, expression, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(
        DecodeArguments o, PacketArguments packets, ExpressionArguments expression, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (parsed.GetResult(o.List) is not null)
        {
            return DecodeListing.Run(parsed.GetValue(o.List), parsed.GetValue(o.Format) == "jsonl", output, error);
        }

        var clock = Stopwatch.StartNew();
        if (!DecodeRequest.TryRead(o, parsed, error, out DecodeRequest? request))
        {
            return ExitCode.Usage;
        }

        List<string> captures = [.. CapturePaths.Expand(request.Captures)];
        if (!packets.TryRead(parsed, error, out PacketDecoderOptions? decoding) || !expression.TryReadWithFlows(parsed, captures, error, out PacketFilter? filter))
        {
            return ExitCode.Usage;
        }

        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        using Stream results = request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        IRecordWriter writer = request.Writer(results, captures);
        VerbSandbox.Enter(parsed.GetValue(o.NoSandbox), captures);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet);
        var run = new DecodeRun(request.Options, request.Spine(captures, progress) with { Decoding = decoding, Filter = filter }, (decoder, record) => writer.Write(decoder.SchemaOf(record)!, record));
        DecodeSummary summary = run.Run(cancellation);
        writer.Flush();
        progress?.Clear();
        DecodeClosing.Tell(summary, clock.Elapsed, request.IsQuiet, error);
        return summary.Input.IsStopped ? ExitCode.Interrupted
            : summary.Input.CapturesFailed + summary.Input.CapturesCut > 0 ? ExitCode.Error
            : ExitCode.Done;
    }
}
