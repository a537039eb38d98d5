using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>Bytes of a stream that are shown and not written.</summary>
internal sealed record StreamText : Record
{
    /// <summary>Whose name they are shown with.</summary>
    public required StreamFile File { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Data { get; init; }
}
