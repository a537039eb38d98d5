using Vittne.Packets.Records;

namespace Vittne.Protocols.Tftp;

/// <summary>One TFTP message that asks, agrees or refuses (RFC 1350, 2347). Data and their acknowledgments give no record.</summary>
public sealed record TftpRecord : Record
{
    /// <summary>What it is.</summary>
    public required TftpOpcode Opcode { get; init; }

    /// <summary>Requests: name of the file; null in others.</summary>
    public string? File { get; init; }

    /// <summary>Requests: <c>netascii</c>, <c>octet</c> or <c>mail</c>, in lower case; null in others.</summary>
    public string? Mode { get; init; }

    /// <summary>Options in order.</summary>
    public IReadOnlyList<TftpOption> Options { get; init; } = [];

    /// <summary>Errors: the code; null in others.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Errors: the text; null in others.</summary>
    public string? Error { get; init; }
}
