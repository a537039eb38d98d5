using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>One form in which flow records are written: the end of the chain. Records come in the order in which they are to stand.</summary>
public interface IFlowWriter : IFlowSink
{
    /// <summary>Records that were left out because the form has no place for what they are.</summary>
    long LeftOut { get; }
}
