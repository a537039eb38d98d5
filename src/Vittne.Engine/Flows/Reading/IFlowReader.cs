using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Reads records of one form.</summary>
internal interface IFlowReader
{
    /// <summary>Reads a stream to its end.</summary>
    void Read(Stream stream, Action<FlowRecord> told, FlowReadSummary summary, CancellationToken cancellation);
}
