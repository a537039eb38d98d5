using Vittne.Flows.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis;

/// <summary>Several analyses over the same records.</summary>
/// <param name="analyses">The analyses, whose findings are told one after the other.</param>
/// <param name="captures">Names of the captures, which findings refer to.</param>
/// <param name="told">Takes each finding with its kind.</param>
public sealed class FlowAnalyses(IReadOnlyList<FlowAnalysis> analyses, IList<string> captures, Action<RecordSchema, FlowFinding> told) : IFlowSink
{
    /// <summary>How many were found.</summary>
    public long Found { get; private set; }

    /// <summary>What the user must know of bounds that were reached, a line each.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (FlowAnalysis analysis in analyses)
        {
            if (analysis.Dropped > 0)
            {
                yield return string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"{analysis.Dropped:N0} flows were not looked at for {analysis.Schema.Name} because too many hosts and flows had to be kept");
            }
        }
    }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        foreach (FlowAnalysis analysis in analyses)
        {
            analysis.Add(record);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        foreach (FlowAnalysis analysis in analyses)
        {
            foreach (FlowFinding finding in analysis.Finish(captures))
            {
                Found++;
                told(analysis.Schema, finding);
            }
        }
    }
}
