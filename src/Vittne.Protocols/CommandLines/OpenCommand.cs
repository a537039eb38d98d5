using Vittne.Packets;

namespace Vittne.Protocols.CommandLines;

/// <summary>A command whose answer is not complete.</summary>
internal sealed class OpenCommand
{
    /// <summary>The verb in upper case.</summary>
    public required string Verb { get; init; }

    /// <summary>What follows it.</summary>
    public required byte[] Argument { get; set; }

    /// <summary>The packet that brought it.</summary>
    public required PacketStamp At { get; init; }

    /// <summary>IMAP: the tag; empty elsewhere.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Codes of answers that announced another one.</summary>
    public List<long>? Interim { get; set; }

    /// <summary>Code of the last answer; 0 before there is one.</summary>
    public int Code { get; set; }

    /// <summary>Word of the last answer: <c>+OK</c>, <c>NO</c>, …</summary>
    public string? Status { get; set; }

    /// <summary>Text of the last answer.</summary>
    public byte[]? Reply { get; set; }

    /// <summary>What was said to authenticate.</summary>
    public SaslExchange? Sasl { get; set; }

    /// <summary>What the protocol's own record tells of the moment at which the command was given.</summary>
    public object? State { get; set; }
}
