using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Tells what follows from flows and records. One instance a worker; it sees the flows of that worker alone.</summary>
internal abstract class Analysis
{
    /// <summary>True when records of parsers are wanted.</summary>
    public virtual bool ReadsRecords => false;

    /// <summary>A direction of a flow shows its first packet.</summary>
    public virtual void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, TunnelLayer[] tunnel, in PacketStamp at, IRecordSink output)
    {
    }

    /// <summary>A parser told a record.</summary>
    public virtual void OnRecord(Record record, IRecordSink output)
    {
    }
}
