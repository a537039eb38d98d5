using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Output;
using Vittne.Flows.Analysis;
using Vittne.Flows.Records;
using FlowColumn = Vittne.Engine.Flows.Writing.FlowColumn;

namespace Vittne.Cli.Verbs;

/// <summary>The end of the chain that flow records go through: a writer of them, or analyses and a writer of what they find.</summary>
internal sealed class FlowOutput
{
    private readonly IFlowWriter? _flows;
    private readonly FlowAnalyses? _analyses;

    private FlowOutput(IFlowSink sink, IFlowWriter? flows, FlowAnalyses? analyses)
    {
        Sink = sink;
        _flows = flows;
        _analyses = analyses;
    }

    /// <summary>Takes the records.</summary>
    public IFlowSink Sink { get; }

    /// <summary>Records that the form has no place for.</summary>
    public long LeftOut => _flows?.LeftOut ?? 0;

    /// <summary>What the user must know of bounds that were reached, a line each.</summary>
    public IEnumerable<string> Notes => _analyses?.Notes() ?? [];

    /// <summary>Makes the end that was asked for.</summary>
    public static FlowOutput Of(FlowJobRequest request, Stream results, IReadOnlyList<string> captures)
    {
        if (request.Analyses.Analyses.Count == 0)
        {
            IFlowWriter writer = request.Format.Create(new FlowWriterOptions { Output = results, Columns = request.Columns?.Select(static column => new FlowColumn(column.Name, column.Field)).ToList() });
            return new FlowOutput(writer, writer, null);
        }

        List<string> names = [.. captures];
        IRecordWriter findings = request.Analyses.Writer(results, names);
        var analyses = new FlowAnalyses(request.Analyses.Analyses, names, findings.Write);
        return new FlowOutput(new Closing(analyses, findings), null, analyses);
    }

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
