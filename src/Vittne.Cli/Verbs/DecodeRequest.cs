using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Cli.Rendering;
using Vittne.Engine.Decode;
using Vittne.Engine.Output;
using Vittne.Engine.Spine;
using Vittne.Protocols.Secrets;

namespace Vittne.Cli.Verbs;

/// <summary>The command line of <c>vittne decode</c>, read and checked.</summary>
internal sealed class DecodeRequest
{
    private const string All = "all";

    private static readonly string[] Formats = ["text", "jsonl", "csv", "fields"];

    private readonly List<Decoder> _decoders = [];
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<ColumnRequest> _columns = [];
    private readonly TlsSecrets _secrets = new();
    private string _format = "text";
    private ColumnForm _form = ColumnForm.Csv;
    private bool _isVerbose;
    private long _fromNs = long.MinValue;
    private long _toNs = long.MaxValue;
    private int _workers;

    public string[] Captures { get; private set; } = [];

    public string? OutputPath { get; private set; }

    public bool IsQuiet { get; private set; }

    public DecodeOptions Options => new() { Decoders = _decoders, Settings = _settings, Secrets = _secrets };

    /// <summary>Reads the command line; what is wrong is told in one line.</summary>
    public static bool TryRead(DecodeArguments o, ParseResult parsed, TextWriter error, [NotNullWhen(true)] out DecodeRequest? request)
    {
        var r = new DecodeRequest();
        string? problem = r.Read(o, parsed);
        request = problem is null ? r : null;
        if (problem is not null)
        {
            error.WriteLine($"vittne: {problem}");
        }

        return problem is null;
    }

    /// <summary>The words about a decoder that does not exist.</summary>
    public static string UnknownDecoder(string name)
    {
        IReadOnlyList<string> near = NearestNames.Of(name, DecoderRegistry.All.Select(static decoder => decoder.Name));
        return near.Count > 0
            ? $"there is no decoder '{TerminalText.Escape(name)}'; did you mean {string.Join(" or ", near)}? vittne decode -l lists all"
            : $"there is no decoder '{TerminalText.Escape(name)}'; vittne decode -l lists all";
    }

    public SpineOptions Spine(IReadOnlyList<string> captures, ProgressLine? progress) => new()
    {
        Captures = captures,
        Workers = _workers,
        FromNs = _fromNs,
        ToNs = _toNs,
        Progress = progress is null ? null : progress.Show,
    };

    /// <summary>The writer of the form that was asked for.</summary>
    public IRecordWriter Writer(Stream output, IReadOnlyList<string> captures) => _format switch
    {
        "jsonl" => new JsonRecordWriter(output, captures),
        "csv" or "fields" => new RecordColumns(output, captures, _columns, _form),
        _ => new RecordText(output, _isVerbose),
    };

    private static string? ReadTime(string option, string? text, ref long timestampNs) =>
        text is null || CaptureTime.TryParse(text, out timestampNs) ? null : $"{option} '{text}' is no time; write 2026-01-02T03:04:05Z or seconds since 1970";

    private string? Read(DecodeArguments o, ParseResult parsed)
    {
        Captures = parsed.GetValue(o.Captures) ?? [];
        OutputPath = parsed.GetValue(o.Out);
        IsQuiet = parsed.GetValue(o.Quiet);
        _isVerbose = parsed.GetValue(o.Verbose);
        _workers = parsed.GetValue(o.Workers);
        if (_workers is < 1 or > Flows.FlowTracker.Shards)
        {
            return $"--workers must be 1 to {Flows.FlowTracker.Shards}";
        }

        return ReadDecoders(parsed.GetValue(o.Decoders) ?? [])
            ?? ReadFormat(o, parsed)
            ?? ReadColumns(parsed.GetValue(o.Fields) ?? [])
            ?? ReadSettings(parsed.GetValue(o.Set) ?? [])
            ?? ReadKeyLogs(parsed.GetValue(o.KeyLog) ?? [])
            ?? ReadTime("--from", parsed.GetValue(o.From), ref _fromNs)
            ?? ReadTime("--to", parsed.GetValue(o.To), ref _toNs);
    }

    private string? ReadDecoders(string[] values)
    {
        foreach (string name in values.SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (string.Equals(name, All, StringComparison.OrdinalIgnoreCase))
            {
                Add(DecoderRegistry.All.Where(static decoder => decoder.Kind == DecoderKind.Record));
            }
            else if (DecoderRegistry.Find(name) is { } decoder)
            {
                Add([decoder]);
            }
            else
            {
                return UnknownDecoder(name);
            }
        }

        return _decoders.Count == 0 ? "name decoders with -d; vittne decode -l lists them" : null;
    }

    private void Add(IEnumerable<Decoder> decoders)
    {
        foreach (Decoder decoder in decoders)
        {
            if (!_decoders.Contains(decoder))
            {
                _decoders.Add(decoder);
            }
        }
    }

    private string? ReadFormat(DecodeArguments o, ParseResult parsed)
    {
        bool hasFields = parsed.GetValue(o.Fields) is { Length: > 0 };
        _format = parsed.GetValue(o.Format) ?? (hasFields ? "fields" : "text");
        if (!Formats.Contains(_format))
        {
            return $"there is no format '{_format}'; there are {string.Join(", ", Formats)}";
        }

        if (hasFields && _format is not ("fields" or "csv"))
        {
            return $"-e chooses columns of --format fields or csv, not of {_format}";
        }

        bool hasHeader = false;
        foreach (string setting in parsed.GetValue(o.Header) ?? [])
        {
            if (setting is not ("header=y" or "header=n"))
            {
                return $"-E '{setting}' is not known; there are header=y and header=n, --separator and --aggregator";
            }

            hasHeader = setting == "header=y";
        }

        if (_format == "fields")
        {
            _form = new ColumnForm(
                Unescape(parsed.GetValue(o.Separator) ?? "\t"), Unescape(parsed.GetValue(o.Aggregator) ?? ","), "\n", hasHeader, Quotes: false, EscapesAggregator: false);
        }

        return null;
    }

    private static string Unescape(string text) => text switch
    {
        "\\t" or "/t" => "\t",
        "/s" => " ",
        _ => text,
    };

    private string? ReadColumns(string[] names)
    {
        if (_format is not ("fields" or "csv"))
        {
            return null;
        }

        foreach (string name in names)
        {
            var column = new ColumnRequest(name);
            if (!_decoders.Exists(decoder => column.Of(decoder.Schema).Count > 0))
            {
                IEnumerable<string> known = _decoders.SelectMany(static decoder => FieldPaths.Of(decoder.Schema.Fields).Select(path => $"{decoder.Schema.Name}.{path}"))
                    .Concat(FieldPaths.Of(CommonFields.All)).Distinct();
                IReadOnlyList<string> near = NearestNames.Of(name, known);
                return $"there is no field '{TerminalText.Escape(name)}'{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ";")} vittne decode -l NAME lists the fields of a decoder";
            }

            _columns.Add(column);
        }

        if (_columns.Count > 0)
        {
            return null;
        }

        if (_format == "fields")
        {
            return "--format fields needs columns: -e src_ip -e dns.questions.name";
        }

        if (_decoders.Count > 1)
        {
            return "--format csv tells one decoder, or the columns that -e names";
        }

        _columns.AddRange(FieldPaths.Of(CommonFields.All).Concat(FieldPaths.Of(_decoders[0].Schema.Fields)).Select(static path => new ColumnRequest(path)));
        return null;
    }

    private string? ReadKeyLogs(string[] paths)
    {
        foreach (string path in paths)
        {
            try
            {
                using FileStream log = File.OpenRead(path);
                if (_secrets.Add(log) == 0)
                {
                    return $"--keylog {TerminalText.Escape(path)} has no secret in it; a line is CLIENT_RANDOM or CLIENT_TRAFFIC_SECRET_0, a random and a secret in hex";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"--keylog {TerminalText.Escape(path)} cannot be read: {TerminalText.Escape(e.Message)}";
            }
        }

        return null;
    }

    private string? ReadSettings(string[] settings)
    {
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? setting : setting[..equals], value = equals < 0 ? "" : setting[(equals + 1)..];
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            if (equals < 0 || dot < 0)
            {
                return $"--set '{setting}' is not understood; write DECODER.OPTION=VALUE";
            }

            if (DecoderRegistry.Find(name[..dot]) is not { } decoder)
            {
                return UnknownDecoder(name[..dot]);
            }

            if (decoder.Options.FirstOrDefault(option => option.Name == name[(dot + 1)..]) is not { } option)
            {
                return $"decoder {decoder.Name} has no option '{name[(dot + 1)..]}'{(decoder.Options.Count > 0 ? $"; there are {string.Join(", ", decoder.Options.Select(static known => known.Name))}" : "")}";
            }

            if (option.Check(value) is { } problem)
            {
                return $"--set {name}: '{value}' {problem}";
            }

            _settings[$"{decoder.Name}.{option.Name}"] = value;
        }

        return null;
    }
}
