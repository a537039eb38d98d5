using Vittne.Packets.Records;

namespace Vittne.Protocols.Irc;

/// <summary>One IRC message of either side (RFC 1459, 2812). It holds the bytes; <see cref="IrcMessage"/> reads them when someone asks.</summary>
public sealed record IrcRecord : Record
{
    /// <summary>The message without its line end.</summary>
    public required byte[] Message { get; init; }
}
