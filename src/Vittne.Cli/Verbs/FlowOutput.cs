using Vittne.Cli.Rendering;
using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Output;
using Vittne.Engine.Output.Remote;
using Vittne.Flows.Analysis;
using Vittne.Flows.Records;

namespace Vittne.Cli.Verbs;

/// <summary>
/// The end of the chain that flow records go through: a writer of them, or analyses and a writer of what they find; on standard output, in a file, or at
/// a collector of flow export.
/// </summary>
internal sealed class FlowOutput : IDisposable
{
    private const string DatagramPrefix = "udp://";

    private readonly Stream _stream;
    private readonly IFlowWriter? _flows;
    private readonly FlowAnalyses? _analyses;

    private FlowOutput(Stream stream, IFlowSink sink, IFlowWriter? flows, FlowAnalyses? analyses, bool usesNetwork)
    {
        _stream = stream;
        Sink = sink;
        _flows = flows;
        _analyses = analyses;
        UsesNetwork = usesNetwork;
    }

    /// <summary>Takes the records.</summary>
    public IFlowSink Sink { get; }

    /// <summary>True when they go to another machine.</summary>
    public bool UsesNetwork { get; }

    /// <summary>Records that the form has no place for.</summary>
    public long LeftOut => _flows?.LeftOut ?? 0;

    /// <summary>What the user must know of bounds that were reached, a line each.</summary>
    public IEnumerable<string> Notes => _analyses?.Notes() ?? [];

    /// <summary>Opens the end that was asked for; null when that makes no sense, which is told.</summary>
    public static FlowOutput? Open(FlowsRequest request, IReadOnlyList<string> captures, TextWriter output, TextWriter error)
    {
        FlowFormat format = request.Work.Format;
        bool hasAnalyses = request.Work.Analyses.Analyses.Count > 0;
        bool isTerminal = request.OutputPath is null && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        RemoteAddress? datagrams = null;
        bool isRemote = request.OutputPath?.StartsWith(DatagramPrefix, StringComparison.OrdinalIgnoreCase) ?? false;
        string? problem = isRemote switch
        {
            true when hasAnalyses || !format.IsExport => $"--out {request.OutputPath} needs --format ipfix or netflow9; other formats go to a file",
            true when !RemoteAddress.TryParse(request.OutputPath!, out datagrams) => $"--out {request.OutputPath} names no collector; write udp://HOST:PORT",
            false when !hasAnalyses && format.IsExport && isTerminal => $"--format {format.Name} is binary and not for a terminal; name a file or udp://HOST:PORT with --out",
            _ => null,
        };
        if (problem is not null)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
            return null;
        }

        Stream stream = isRemote ? Stream.Null : request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        if (!hasAnalyses)
        {
            var options = new FlowWriterOptions { Output = stream, Datagrams = datagrams, Columns = request.Work.Columns, IsTerminal = isTerminal };
            IFlowWriter writer = format.Create(options);
            return new FlowOutput(stream, writer, writer, null, isRemote);
        }

        List<string> names = [.. captures];
        IRecordWriter findings = request.Work.Analyses.Writer(stream, names);
        var analyses = new FlowAnalyses(request.Work.Analyses.Analyses, names, findings.Write);
        return new FlowOutput(stream, new Closing(analyses, findings), null, analyses, usesNetwork: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private sealed class Closing(FlowAnalyses analyses, IRecordWriter findings) : IFlowSink
    {
        public void Add(FlowRecord record) => analyses.Add(record);

        public void Finish()
        {
            analyses.Finish();
            findings.Flush();
        }
    }
}
