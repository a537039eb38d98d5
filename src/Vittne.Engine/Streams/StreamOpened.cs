using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>A file began: whoever sees all of them in packet order gives it its name.</summary>
internal sealed record StreamOpened : Record
{
    /// <summary>The file.</summary>
    public required StreamFile File { get; init; }
}
