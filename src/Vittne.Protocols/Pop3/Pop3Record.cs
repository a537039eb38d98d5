using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Pop3;

/// <summary>One POP3 command with its answer (RFC 1939, 2449, 5034, 2595). Messages and lists of an answer are not kept.</summary>
public sealed record Pop3Record : CommandRecord
{
    /// <summary><c>+OK</c> or <c>-ERR</c>; null when no answer came.</summary>
    public required string? Status { get; init; }

    /// <summary>True for the STLS that the server agreed to: TLS follows.</summary>
    public bool IsStartTls { get; init; }
}
