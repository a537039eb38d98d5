using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;
using Vittne.Engine.Spine;
using Vittne.Engine.Streams;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne streams</c>, read and checked.</summary>
internal sealed class StreamsRequest
{
    private static readonly (string Name, OverlapPolicy Policy)[] Policies =
    [
        ("first", OverlapPolicy.First), ("vista", OverlapPolicy.First), ("last", OverlapPolicy.Last), ("bsd", OverlapPolicy.Bsd),
        ("linux", OverlapPolicy.Linux), ("old-linux", OverlapPolicy.OldLinux), ("solaris", OverlapPolicy.Solaris),
    ];

    private StreamsOptions _options = new() { Folder = "" };
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;
    private int _workers;

    public StreamsOptions Options => _options;

    public IReadOnlyList<string> Captures { get; private set; } = [];

    /// <summary>How streams are shown; null when they are written into files.</summary>
    public StreamConsoleOptions? Console { get; private set; }

    public bool IsForced { get; private set; }

    public bool IsStrict { get; private set; }

    public bool IsQuiet { get; private set; }

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(StreamsArguments o, ParseResult parsed, TextWriter output, TextWriter error, [NotNullWhen(true)] out StreamsRequest? request)
    {
        var r = new StreamsRequest();
        string? problem = r.ReadConsole(o, parsed, IsTerminal(output)) ?? r.Read(o, parsed);
        request = problem is null ? r : null;
        if (problem is not null)
        {
            error.WriteLine($"vittne: streams: {problem}");
        }

        return problem is null;
    }

    /// <summary>What is read.</summary>
    public SpineOptions Spine(PacketFilter? filter, PacketDecoderOptions decoding, ProgressLine? progress) => new()
    {
        Captures = Captures,
        Workers = _workers,
        FromNs = _fromNs,
        ToNs = _toNs,
        Filter = filter,
        Decoding = decoding,
        Progress = progress is null ? null : progress.Show,
    };

    private static bool IsTerminal(TextWriter output) => ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";

    private string? Read(StreamsArguments o, ParseResult parsed)
    {
        IsForced = parsed.GetValue(o.Force);
        IsStrict = parsed.GetValue(o.Strict);
        IsQuiet = parsed.GetValue(o.Quiet);
        _workers = parsed.GetValue(o.Workers);
        if (_workers is < 1 or > Flows.FlowTracker.Shards)
        {
            return $"--workers must be 1 to {Flows.FlowTracker.Shards}";
        }

        return ReadTime("--from", parsed.GetValue(o.From), ref _fromNs)
            ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs)
            ?? ReadStreams(o, parsed)
            ?? ReadNames(o, parsed)
            ?? ReadBounds(o, parsed)
            ?? ReadCaptures(o, parsed);
    }

    private string? ReadConsole(StreamsArguments o, ParseResult parsed, bool isTerminal)
    {
        bool isRaw = parsed.GetValue(o.Raw), isHex = parsed.GetValue(o.Hex), isJson = parsed.GetValue(o.Json), isBare = parsed.GetValue(o.ShowBare);
        bool isShown = parsed.GetValue(o.Show) || isBare || isJson;
        if (!isShown)
        {
            return isRaw || isHex || parsed.GetValue(o.NoNewline) || parsed.GetValue(o.Color) ? "-B, -D, -0 and -g are about what -c and -C show" : null;
        }

        if ((isRaw ? 1 : 0) + (isHex ? 1 : 0) + (isJson ? 1 : 0) > 1)
        {
            return "-B, -D and -J exclude each other";
        }

        if (parsed.GetValue(o.Out) is not null || parsed.GetValue(o.Bodies) is not null || parsed.GetValue(o.AllBodies))
        {
            return "-c, -C and -J show streams; -o and --bodies write files";
        }

        if (isRaw && isTerminal && !parsed.GetValue(o.Force))
        {
            return "-B would send what the traffic holds to the terminal as it is; redirect it, or --force";
        }

        StreamForm form = isRaw ? StreamForm.Raw : isHex ? StreamForm.Hex : isJson ? StreamForm.Json : StreamForm.Text;
        Console = new StreamConsoleOptions(form, HasNames: !isBare, HasNewline: !parsed.GetValue(o.NoNewline), IsColored: parsed.GetValue(o.Color));
        return null;
    }

    private string? ReadStreams(StreamsArguments o, ParseResult parsed)
    {
        string protocol = parsed.GetValue(o.Protocol) ?? "all";
        string policy = parsed.GetValue(o.Overlap) ?? "first";
        int known = Array.FindIndex(Policies, entry => entry.Name == policy);
        if (protocol is not ("tcp" or "udp" or "all"))
        {
            return $"--proto must be tcp, udp or all, not '{TerminalText.Escape(protocol)}'";
        }

        if (known < 0)
        {
            return $"there is no overlap policy '{TerminalText.Escape(policy)}'; there are {string.Join(", ", Policies.Select(static entry => entry.Name))}";
        }

        string? bodies = parsed.GetValue(o.AllBodies) ? "all" : parsed.GetValue(o.Bodies);
        if (bodies is not (null or "http" or "all"))
        {
            return $"--bodies must be http or all, not '{TerminalText.Escape(bodies)}'";
        }

        _options = _options with
        {
            WritesBodies = bodies is not null,
            WritesRequestBodies = bodies == "all",
            HashesFiles = parsed.GetValue(o.Sha256),
            DecodesBodies = !parsed.GetValue(o.KeepCoding),
            TakesTcp = protocol != "udp",
            TakesUdp = protocol != "tcp",
            FramesDatagrams = parsed.GetValue(o.UdpFrames),
            Overlap = Policies[known].Policy,
        };
        return null;
    }

    private string? ReadNames(StreamsArguments o, ParseResult parsed)
    {
        string folder = parsed.GetValue(o.Out) ?? "";
        if (folder.Length == 0 && Console is null)
        {
            return "name a folder for the files: -o DIR; -c shows streams instead";
        }

        NameTemplate? template = NameTemplate.Default;
        if (parsed.GetValue(o.Template) is { } text && !NameTemplate.TryParse(text, out template, out string? problem))
        {
            return $"-T '{TerminalText.Escape(text)}' {TerminalText.Escape(problem)}";
        }

        foreach (char letter in parsed.GetValue(o.Form) ?? "")
        {
            if (!NameTemplate.TryApply(letter, ref template))
            {
                return $"-F has no letter '{TerminalText.Escape(letter.ToString())}'; there are k, m, g, t, T and c";
            }
        }

        _options = _options with { Folder = folder, Names = template };
        return null;
    }

    private string? ReadBounds(StreamsArguments o, ParseResult parsed)
    {
        if (parsed.GetResult(o.OpenFiles) is { Implicit: false })
        {
            _options = _options with { OpenFiles = parsed.GetValue(o.OpenFiles) };
        }

        if (parsed.GetValue(o.Memory) is { } memory)
        {
            if (!Amounts.TrySize(memory, out long bytes))
            {
                return $"--memory '{TerminalText.Escape(memory)}' is no size; write 100 for a hundred million bytes, or 64MiB";
            }

            _options = _options with { MemoryBytes = bytes };
        }

        if (parsed.GetResult(o.MaxBytes) is { Implicit: false })
        {
            _options = _options with { MaxBytes = parsed.GetValue(o.MaxBytes) };
        }

        if (parsed.GetResult(o.MaxSeek) is { Implicit: false })
        {
            _options = _options with { MaxSeek = parsed.GetValue(o.MaxSeek) };
        }

        return _options.OpenFiles < 1 || _options.MaxBytes < 1 || _options.MaxSeek < 1 ? "-f, -b and -m must be 1 or more" : null;
    }

    private string? ReadCaptures(StreamsArguments o, ParseResult parsed)
    {
        Captures = CapturePaths.Expand([.. parsed.GetValue(o.Input) ?? [], .. parsed.GetValue(o.Captures) ?? []]);
        return Captures.Count == 0 ? "no capture found; name a capture file, a folder with captures, or - for standard input" : null;
    }
}
