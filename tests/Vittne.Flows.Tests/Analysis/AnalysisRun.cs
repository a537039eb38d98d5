using Vittne.Flows.Analysis;
using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Analysis;

/// <summary>Runs one analysis over records.</summary>
internal static class AnalysisRun
{
    public static List<T> Find<T>(FlowAnalysis analysis, IEnumerable<FlowRecord> records)
        where T : FlowFinding
    {
        var findings = new List<FlowFinding>();
        var run = new FlowAnalyses([analysis], [], (_, finding) => findings.Add(finding));
        foreach (FlowRecord record in records)
        {
            run.Add(record);
        }

        run.Finish();
        Assert.Equal(findings.Count, run.Found);
        return [.. findings.Cast<T>()];
    }

    /// <summary>Ids by order, as a run gives them.</summary>
    public static List<FlowRecord> Numbered(IEnumerable<FlowRecord> records)
    {
        List<FlowRecord> list = [.. records];
        for (int i = 0; i < list.Count; i++)
        {
            (list[i].FlowId, list[i].Capture, list[i].FirstPacket, list[i].LastPacket) = (i + 1, "a.pcap", i + 1, i + 1);
        }

        return list;
    }
}
