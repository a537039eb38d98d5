namespace Vittne.Flows.Records;

/// <summary>Takes flow records one after the other: a step of the chain where → aggregate → bins → sort → top → writer, or its end.</summary>
public interface IFlowSink
{
    /// <summary>The next record. It belongs to the sink from then on.</summary>
    void Add(FlowRecord record);

    /// <summary>There are no more records. Called once.</summary>
    void Finish();
}
