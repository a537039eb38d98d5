using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>A file has all of its bytes.</summary>
internal sealed record StreamClosed : Record
{
    /// <summary>The file.</summary>
    public required StreamFile File { get; init; }

    /// <summary>True when the direction's SYN was seen.</summary>
    public bool HasSyn { get; init; }

    /// <summary>True when the direction's FIN was seen.</summary>
    public bool HasFin { get; init; }

    /// <summary>True when a reset was seen.</summary>
    public bool HasReset { get; init; }

    /// <summary>True when the writing is left to whoever gives the name, which had not come yet.</summary>
    public bool IsUnwritten { get; init; }
}
