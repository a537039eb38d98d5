using System.CommandLine;
using System.Diagnostics;
using Vittne.Capture.Filters;
using Vittne.Capture.Writing;
using Vittne.Cli.Rendering;
using Vittne.Engine.Streams;
using Vittne.Packets;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne streams</c>: a file for each direction of each stream.</summary>
internal static class StreamsVerb
{
    public static Command Create()
    {
        var o = new StreamsArguments();
        var verb = new Command("streams", "Writes a file for each direction of each stream, with tcpflow's letters.");
        var packets = new PacketArguments();
        o.AddTo(verb);
        packets.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, packets, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(StreamsArguments o, PacketArguments packets, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // Hundreds of thousands of files are opened once: locks of the runtime would be four more calls for each of them.
        AppContext.SetSwitch("System.IO.DisableFileLocking", true);
        var clock = Stopwatch.StartNew();
        if (!StreamsRequest.TryRead(o, parsed, output, error, out StreamsRequest? request)
            || !packets.TryRead(parsed, error, out PacketDecoderOptions? decoding)
            || !o.Expression.TryRead(parsed, error, out PacketFilter? filter))
        {
            return ExitCode.Usage;
        }

        string? folder = request.Console is null ? request.Options.Folder : null;
        if (folder is not null && Directory.Exists(folder) && !request.IsForced && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            error.WriteLine($"vittne: streams: {TerminalText.Escape(folder)} holds files; name an empty folder, or --force overwrites those of the same names");
            return ExitCode.Usage;
        }

        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        using Stream? shown = request.Console is null ? null : TextWriterStream.Of(output);
        StreamConsole? console = shown is null ? null : new StreamConsole(shown, request.Console!);
        VerbSandbox.Enter(parsed.GetValue(o.NoSandbox), request.Captures, folder, makesFolders: true);
        ProgressLine? progress = ProgressLine.For(error, request.IsQuiet || (console is not null && !Console.IsOutputRedirected));
        StreamsSummary summary;
        try
        {
            summary = new StreamsRun(request.Options with { Console = console }, request.Spine(filter, decoding, progress)).Run(cancellation);
            console?.Flush();
        }
        catch (OutputException failure)
        {
            progress?.Clear();
            error.WriteLine($"vittne: streams: {failure.Message}");
            return ExitCode.Error;
        }

        progress?.Clear();
        StreamsClosing.Tell(summary, isShown: console is not null, clock.Elapsed, request.IsQuiet, error);
        return summary.Input.IsStopped ? ExitCode.Interrupted
            : summary.Input.CapturesFailed > 0 || (request.IsStrict && summary.Input.CapturesCut > 0) ? ExitCode.Error
            : ExitCode.Done;
    }
}
