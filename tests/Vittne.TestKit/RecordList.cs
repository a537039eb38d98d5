using Vittne.Packets.Records;

namespace Vittne.TestKit;

/// <summary>Keeps what a parser emits.</summary>
public sealed class RecordList : List<Record>, IRecordSink;
