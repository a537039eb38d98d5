namespace Vittne.Engine.Flows.Writing;

/// <summary>A form of flow records, as <c>--format</c> names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is, for help.</param>
/// <param name="TakesColumns">True when the fields to be written can be chosen.</param>
/// <param name="Create">Makes the writer of a run.</param>
public sealed record FlowFormat(string Name, string Description, bool TakesColumns, Func<FlowWriterOptions, IFlowWriter> Create)
{
    /// <summary>True for binary messages, which may also go to a collector as datagrams (<c>udp://HOST:PORT</c>), and never to a terminal.</summary>
    public bool IsExport { get; init; }
}
