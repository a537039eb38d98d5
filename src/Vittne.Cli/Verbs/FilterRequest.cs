using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Capture.Filters;
using Vittne.Capture.Writing;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne filter</c>, read and checked.</summary>
internal sealed class FilterRequest
{
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;
    private readonly FilterEdits _edits = new();
    private readonly RotationRequest _files = new();
    private NumberRanges? _numbers;
    private bool _isMerged;
    private bool _isSorted;
    private bool _ignoresVlans;

    public IReadOnlyList<string> Captures { get; private set; } = [];

    /// <summary>The words behind the captures; null without any.</summary>
    public string? Words { get; private set; }

    /// <summary>Whether the expression is explained: <c>text</c>, <c>code</c> or <c>numbers</c>; null when not.</summary>
    public string? Explains { get; private set; }

    public string? OutputPath { get; private set; }

    /// <summary>A name in the folder where packets wait while they are sorted; null when that is not needed, or is that of the output.</summary>
    public string? TemporaryFile => _isSorted ? Path.Combine(Path.GetTempPath(), "x") : null;

    public bool IsPcapng { get; private set; }

    public long? Count { get; private set; }

    public bool IsInverted { get; private set; }

    public bool? IsNanosecond { get; private set; }

    public bool FailsOnMatch { get; private set; }

    public bool IsQuiet { get; private set; }

    /// <summary>Whether the only capture still grows.</summary>
    public bool Follows { get; private set; }

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(FilterArguments o, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out FilterRequest? request)
    {
        var r = new FilterRequest();
        string? problem = r.Read(o, parsed);
        request = problem is null ? r : null;
        if (problem is not null)
        {
            error.WriteLine($"vittne: filter: {problem}");
        }

        return problem is null;
    }

    /// <summary>Whether copies are left out.</summary>
    public bool DropsCopies => _edits.DropsCopies;

    public FilterOptions Options(IReadOnlyList<string> captures, PacketFilter? expression, TextWriter output, ProgressLine? progress) => _edits.In(new FilterOptions
    {
        Captures = captures,
        Follows = Follows,
        OutputPath = OutputPath,
        IsPcapng = IsPcapng,
        IsNanosecond = IsNanosecond,
        MaxPackets = Count ?? long.MaxValue,
        FromNs = _fromNs,
        ToNs = _toNs,
        Numbers = _numbers,
        Expression = expression,
        IgnoresVlans = _ignoresVlans,
        IsInverted = IsInverted,
        IsMerged = _isMerged,
        IsSorted = _isSorted,
        Split = _files.Split,
        SplitsByFlow = _files.ByFlow,
        Closed = _files.TellsFiles ? file => RotationRequest.Tell(file, output) : null,
        Progress = progress is null ? null : progress.Show,
    });

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";

    private string? Read(FilterArguments o, ParseResult parsed)
    {
        var words = FilterWords.Of(parsed, o.Words);
        Captures = words.Captures;
        Words = words.Expression;
        Explains = parsed.GetValue(o.ExplainAs) ?? (parsed.GetValue(o.Explain) ? "text" : null);
        _ignoresVlans = parsed.GetValue(o.IgnoreVlan);
        OutputPath = parsed.GetValue(o.Write);
        IsInverted = parsed.GetValue(o.Invert);
        FailsOnMatch = parsed.GetValue(o.FailOnMatch);
        IsQuiet = parsed.GetValue(o.Quiet);
        Count = parsed.GetResult(o.Count) is null ? null : parsed.GetValue(o.Count);
        _isMerged = parsed.GetValue(o.Merge);
        _isSorted = parsed.GetValue(o.Sort);
        Follows = parsed.GetValue(o.Follow);
        if (Follows && (_isMerged || _isSorted))
        {
            return "--follow knows no end, which --merge and --sort wait for";
        }

        if (Count < 1)
        {
            return "--count must be 1 or more";
        }

        if (parsed.GetValue(o.Range) is { } range && !NumberRanges.TryParse(range, out _numbers))
        {
            return $"--range '{TerminalText.Escape(range)}' is no list of numbers; write 1-5,9,100-";
        }

        if (Explains is not (null or "text" or "code" or "numbers"))
        {
            return $"--explain={TerminalText.Escape(Explains)} is not known; there are --explain, --explain=code and --explain=numbers";
        }

        return ReadForm(o, parsed)
            ?? _edits.Read(o.Edits, parsed)
            ?? _files.Read(o.Files, parsed, OutputPath)
            ?? ReadTime("--from", parsed.GetValue(o.From), ref _fromNs)
            ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs);
    }

    private string? ReadForm(FilterArguments o, ParseResult parsed)
    {
        bool isNano = parsed.GetValue(o.Nano), isMicro = parsed.GetValue(o.Micro);
        IsNanosecond = isNano ? true : isMicro ? false : null;
        string? format = parsed.GetValue(o.Format);
        IsPcapng = format is null ? OutputPath is not null && CaptureOutput.IsPcapngName(OutputPath) : format == "pcapng";
        return isNano && isMicro ? "--nano and --micro exclude each other"
            : format is not (null or "pcap" or "pcapng") ? $"there is no format '{TerminalText.Escape(format)}'; there are pcap and pcapng"
            : null;
    }
}
