using Vittne.Packets.Records;

namespace Vittne.Protocols.CommandLines;

/// <summary>One command of a client with the answer of the server. A greeting and other answers that nobody asked for have no command.</summary>
public abstract record CommandRecord : Record
{
    /// <summary>Most bytes that are kept of an argument and of an answer.</summary>
    public const int MaxKeptLength = 8 << 10;

    /// <summary>The verb in upper case; empty when the answer belongs to no command.</summary>
    public required string Command { get; init; }

    /// <summary>What follows the verb, blanks around it removed.</summary>
    public required byte[] Argument { get; init; }

    /// <summary>Text of the answer without its code, lines joined by a line feed; null when no answer came.</summary>
    public required byte[]? Reply { get; init; }

    /// <summary>What was said to authenticate; null for other commands.</summary>
    public SaslExchange? Sasl { get; init; }
}
