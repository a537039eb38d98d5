using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>Takes what parsers tell when only the bodies that they find are wanted.</summary>
internal sealed class SilentSink : IRecordSink
{
    private SilentSink()
    {
    }

    /// <summary>The only one.</summary>
    public static SilentSink Instance { get; } = new();

    /// <inheritdoc/>
    public void Add(Record record)
    {
    }
}
