using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Vittne.Capture;
using Vittne.Cli.Rendering;
using Vittne.Engine.Info;
using Vittne.Protocols.Crypto;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne info</c>: what a capture is, from the headers of its packets.</summary>
internal static class InfoVerb
{
    private const long NsPerTick = 100;

    private static readonly string[] Forms = ["text", "table", "json"];

    public static Command Create()
    {
        var o = new InfoArguments();
        var verb = new Command("info", "Describes captures: times, counts, sizes, interfaces, digests, damage.");
        o.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return Task.FromResult(Run(o, parsed, io.Output, io.Error, cancellation));
        });
        return verb;
    }

    private static int Run(InfoArguments o, ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string form = parsed.GetValue(o.Format) ?? "";
        if (!Forms.Contains(form))
        {
            error.WriteLine($"vittne: there is no form '{form}'; there are {string.Join(", ", Forms)}");
            return ExitCode.Usage;
        }

        if (parsed.GetValue(o.Workers) < 1)
        {
            error.WriteLine("vittne: --workers must be 1 or more");
            return ExitCode.Usage;
        }

        if (!TryReadDigests(o, parsed, error, out IReadOnlyList<DigestKind>? digests))
        {
            return ExitCode.Usage;
        }

        IReadOnlyList<string> captures = CapturePaths.Expand(parsed.GetValue(o.Captures) ?? []);
        if (captures.Count == 0)
        {
            error.WriteLine("vittne: no capture found; name a capture file, a folder with captures, or - for standard input");
            return ExitCode.Usage;
        }

        string? path = parsed.GetValue(o.Out);
        using Stream results = path is null ? TextWriterStream.Of(output) : File.Create(path);
        using var text = new StreamWriter(results, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16) { NewLine = "\n" };
        ProgressLine? progress = ProgressLine.For(error, parsed.GetValue(o.Quiet));
        VerbSandbox.Enter(parsed.GetValue(o.NoSandbox), captures);
        var run = new InfoRun(new InfoOptions
        {
            Digests = digests,
            IsDeep = parsed.GetValue(o.Deep),
            Workers = parsed.GetValue(o.Workers),
            NowNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NsPerTick,
            Progress = progress is null ? null : progress.Show,
        });
        var table = new InfoTable();
        int status = ExitCode.Done;
        for (int i = 0; i < captures.Count && !cancellation.IsCancellationRequested; i++)
        {
            CaptureInfo? info = TryRead(run, captures[i], progress, error, cancellation);
            status = info is null or { Damages: > 0 } ? ExitCode.Error : status;
            if (info is null)
            {
                continue;
            }

            switch (form)
            {
                case "json":
                    InfoJson.Write(info, text);
                    break;
                case "table":
                    table.Add(info);
                    break;
                default:
                    InfoText.Write(info, text);
                    break;
            }
        }

        if (form == "table")
        {
            table.Write(text);
        }

        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : status;
    }

    /// <summary>Reads one capture; what is wrong with it is one line.</summary>
    private static CaptureInfo? TryRead(InfoRun run, string capture, ProgressLine? progress, TextWriter error, CancellationToken cancellation)
    {
        CaptureInfo? info = null;
        string? problem = null;
        try
        {
            info = run.Read(capture, cancellation);
            problem = info.Damage is null ? null : $"{capture}: {InfoWords.Of(info)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        progress?.Clear();
        if (problem is not null)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
        }

        return info;
    }

    private static bool TryReadDigests(InfoArguments o, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out IReadOnlyList<DigestKind>? digests)
    {
        digests = null;
        bool isOff = parsed.GetValue(o.NoHash);
        string more = parsed.GetValue(o.Hashes) ?? "";
        if (isOff && more.Length > 0)
        {
            error.WriteLine("vittne: --no-hash and --hashes exclude each other");
            return false;
        }

        List<DigestKind> kinds = isOff ? [] : [DigestKind.Sha256];
        foreach (string name in more.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int found = DigestNames.All.Select(DigestNames.Of).ToList().IndexOf(name);
            if (found < 0)
            {
                error.WriteLine($"vittne: there is no digest '{TerminalText.Escape(name)}'; there are {string.Join(", ", DigestNames.All.Select(DigestNames.Of))}");
                return false;
            }

            if (!kinds.Contains(DigestNames.All[found]))
            {
                kinds.Add(DigestNames.All[found]);
            }
        }

        digests = kinds;
        return true;
    }
}
