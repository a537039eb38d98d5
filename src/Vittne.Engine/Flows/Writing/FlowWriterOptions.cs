using Vittne.Engine.Output.Remote;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>What a writer of flow records needs to know.</summary>
public sealed record FlowWriterOptions
{
    /// <summary>Where bytes go. The writer does not close it.</summary>
    public required Stream Output { get; init; }

    /// <summary>Collector to which forms of flow export send datagrams instead; null for <see cref="Output"/>.</summary>
    public RemoteAddress? Datagrams { get; init; }

    /// <summary>The fields that were asked for, in order; null for those that the form has by itself.</summary>
    public IReadOnlyList<FlowColumn>? Columns { get; init; }

    /// <summary>True when a person reads: numbers for people then have units.</summary>
    public bool IsTerminal { get; init; }
}
