using Vittne.Packets.Records;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Trails.Tests.Matching;

/// <summary>Keeps the events that a matcher tells.</summary>
internal sealed class FindingList : List<ThreatRecord>, IRecordSink
{
    public void Add(Record record) => base.Add((ThreatRecord)record);

    /// <summary>Type and text of each event, in order.</summary>
    public string[] Texts => [.. this.Select(find => $"{find.Type.ToString().ToUpperInvariant()} {find.Trail}")];
}
