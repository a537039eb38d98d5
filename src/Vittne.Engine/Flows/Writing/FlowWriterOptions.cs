using Vittne.Engine.Output.Remote;

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

    /// <summary>Time of the first packet of the run, asked for when the first record is written; null where records come from records.</summary>
    public Func<long?>? FirstPacketNs { get; init; }

    /// <summary>Time of the last packet of the run, asked for at the end.</summary>
    public Func<long?>? LastPacketNs { get; init; }
}
