using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vittne.Capture.Writing;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter.Files;

namespace Vittne.Cli.Verbs;

/// <summary>The options for a series of files, read and checked.</summary>
internal sealed class RotationRequest
{
    /// <summary>When the next file begins; null for one file.</summary>
    public IFileSplit? Split { get; private set; }

    /// <summary>A file for each flow (true) or pair of hosts (false); null for neither.</summary>
    public bool? ByFlow { get; private set; }

    /// <summary>Whether complete files are told.</summary>
    public bool TellsFiles { get; private set; }

    /// <summary>Reads the options; returns what is wrong, or null.</summary>
    public string? Read(RotationArguments o, ParseResult parsed, string? path)
    {
        TellsFiles = parsed.GetValue(o.OnRotate);
        string? size = parsed.GetValue(o.Size);
        string? kind = parsed.GetValue(o.SplitBy);
        long seconds = parsed.GetValue(o.Seconds);
        int files = parsed.GetValue(o.Files);
        bool hasSeconds = parsed.GetResult(o.Seconds) is not null, hasFiles = parsed.GetResult(o.Files) is not null;
        if (size is null && !hasSeconds && kind is null)
        {
            return hasFiles ? "-W needs -C or -G" : TellsFiles ? "--on-rotate needs several files: -C, -G or --split-by" : null;
        }

        if (path is null or CaptureOutput.StandardOutput)
        {
            return "several files need a name: -w FILE";
        }

        if (kind is not null)
        {
            return size is not null || hasSeconds || hasFiles ? "--split-by excludes -C, -G and -W" : ReadKind(kind, path);
        }

        long bytes = 0;
        if (size is not null && !Amounts.TrySize(size, out bytes))
        {
            return $"-C '{TerminalText.Escape(size)}' is no size; write 100 for a hundred million bytes, or 64MiB";
        }

        if (hasSeconds && seconds < 1)
        {
            return "-G must be 1 second or more";
        }

        if (hasFiles && files < 1)
        {
            return "-W must be 1 or more";
        }

        if (hasSeconds && !TimePattern.HasTime(path))
        {
            return $"-G needs a time in the name, or each file would replace the one before: -w {TerminalText.Escape(Path.GetFileNameWithoutExtension(path))}-%Y%m%d-%H%M%S{TerminalText.Escape(Path.GetExtension(path))}";
        }

        Split = new Rotation(
            new RotationOptions { Path = path, MaxBytes = bytes, Seconds = hasSeconds ? seconds : 0, Files = files, IsByClock = parsed.GetValue(o.ByClock) },
            TimeProvider.System);
        return null;
    }

    /// <summary>Tells a file that is complete.</summary>
    public static void Tell(CaptureWriter file, TextWriter output)
    {
        string name = JsonEncodedText.Encode(file.Path, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"file":"{{name}}","packets":{{file.Packets}},"bytes":{{file.Length}}}"""));
        output.Flush();
    }

    private string? ReadKind(string text, string path)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string kind = equals < 0 ? text : text[..equals], value = equals < 0 ? "" : text[(equals + 1)..];
        switch (kind)
        {
            case "flow" or "host" when equals < 0:
                ByFlow = kind == "flow";
                return TellsFiles ? "--on-rotate does not go with --split-by flow or host, whose files are complete at the end" : null;
            case "count" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long packets) && packets > 0:
                Split = new NumberedSplit(path, NumberedSplitKind.Packets, packets);
                return null;
            case "size" when Amounts.TrySize(value, out long bytes):
                Split = new NumberedSplit(path, NumberedSplitKind.Bytes, bytes);
                return null;
            case "time" when Amounts.TrySeconds(value, out long ns) && ns > 0:
                Split = new NumberedSplit(path, NumberedSplitKind.Time, ns);
                return null;
            default:
                return $"--split-by '{TerminalText.Escape(text)}' is not understood; write flow, host, count=1000, size=100MB or time=60";
        }
    }
}
