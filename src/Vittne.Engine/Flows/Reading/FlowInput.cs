using Vittne.Capture;
using Vittne.Engine.Flows.Reading.Export;
using Vittne.Engine.Flows.Reading.Mappings;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>One input of <c>flows</c>: records, which it reads, or a capture, which somebody else reads.</summary>
public sealed class FlowInput : IDisposable
{
    private readonly char _delimiter;

    private FlowInput(string path, Stream content, FlowInputKind kind, char delimiter)
    {
        Path = path;
        Content = content;
        Kind = kind;
        _delimiter = delimiter;
    }

    /// <summary>The input as the user named it.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public FlowInputKind Kind { get; }

    /// <summary>True for records.</summary>
    public bool HasRecords => Kind != FlowInputKind.Capture;

    /// <summary>Its bytes from the start, without compression around them: standard input can be read only once.</summary>
    public Stream Content { get; }

    /// <summary>Opens an input and looks at its start.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FlowInput Open(string path) => Open(DecompressedStream.Open(path), path);

    /// <summary>Looks at the start of a stream, and owns it from then on.</summary>
    public static FlowInput Open(Stream stream, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Stream content = stream;
        try
        {
            // Who pipes packets as they come must not have to wait for more of them.
            content = DecompressedStream.Peek(content, CaptureStart.Length, out ReadOnlyMemory<byte> start);
            if (CaptureStart.IsCapture(start.Span))
            {
                return new FlowInput(path, content, FlowInputKind.Capture, ',');
            }

            content = DecompressedStream.Peek(content, FlowInputKinds.Length, out start);
            FlowInputKind kind = FlowInputKinds.Of(start.Span, out char delimiter);
            return new FlowInput(path, content, kind, delimiter);
        }
        catch (Exception e) when (DecompressedStream.IsDamage(e))
        {
            content.Dispose();
            throw new IOException($"{path} is damaged near its start: {e.Message}", e);
        }
    }

    /// <summary>Reads the records to the end.</summary>
    /// <exception cref="IOException">The input cannot be read further.</exception>
    public FlowReadSummary Read(Action<FlowRecord> told, CancellationToken cancellation)
    {
        var summary = new FlowReadSummary();
        if (Kind == FlowInputKind.Argus && _delimiter == ' ')
        {
            summary.Add("line 1", "columns of ra that only blanks separate cannot be told apart; write them with ra -c ,");
            return summary;
        }

        try
        {
            Reader().Read(Content, told, summary, cancellation);
        }
        catch (Exception e) when (DecompressedStream.IsDamage(e))
        {
            summary.Add("the rest", $"its compression is damaged ({e.Message.TrimEnd('.')})");
        }

        return summary;
    }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();

    private IFlowReader Reader() => Kind switch
    {
        FlowInputKind.Json => new JsonFlowReader(new OwnMapping()),
        FlowInputKind.Csv => new DelimitedFlowReader(new OwnMapping(), ',', isQuoted: true, isTrimmed: false),
        FlowInputKind.Tsv => new DelimitedFlowReader(new OwnMapping(), '\t', isQuoted: false, isTrimmed: false),
        FlowInputKind.Zeek => new ZeekFlowReader(),
        FlowInputKind.ZeekJson => new JsonFlowReader(new ZeekMapping()),
        FlowInputKind.Eve => new JsonFlowReader(new EveMapping()),
        FlowInputKind.Nfdump => new DelimitedFlowReader(new NfdumpMapping(), ',', isQuoted: true, isTrimmed: true, "Summary"),
        FlowInputKind.Argus => new DelimitedFlowReader(new ArgusMapping(), _delimiter, isQuoted: false, isTrimmed: true),
        _ => new ExportFlowReader(),
    };
}
