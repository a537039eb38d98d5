using Vittne.Packets.Records;

namespace Vittne.Engine.Grep.Streams;

/// <summary>A match in a stream, a datagram or a decoded message.</summary>
public sealed record StreamMatchRecord : Record
{
    /// <summary>What was searched: <c>stream</c>, <c>datagram</c>, <c>head</c>, <c>body</c> or <c>mime</c>.</summary>
    public required string Part { get; init; }

    /// <summary>First byte of the match in the stream, counted from its first captured byte; in the datagram, head or body of a message.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes of the match.</summary>
    public required int Length { get; init; }

    /// <summary>Which pattern matches, from 0.</summary>
    public required int Pattern { get; init; }

    /// <summary>The match with some bytes around it, as far as they are still there.</summary>
    public required byte[] Text { get; init; }

    /// <summary>Where the match begins in <see cref="Text"/>.</summary>
    public required int TextOffset { get; init; }
}
