using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Imap;

/// <summary>
/// One IMAP command with its completion (RFC 9051, 3501). Small literals stand in the argument as quoted strings, larger ones as their
/// length; data that the server sends before the completion is not kept.
/// </summary>
public sealed record ImapRecord : CommandRecord
{
    /// <summary>Tag of the command; empty for a greeting.</summary>
    public required string Tag { get; init; }

    /// <summary><c>OK</c>, <c>NO</c> or <c>BAD</c>, for a greeting also <c>PREAUTH</c> or <c>BYE</c>; null when no completion came.</summary>
    public required string? Status { get; init; }

    /// <summary>True for a command behind UID: its numbers are unique identifiers.</summary>
    public bool IsByUid { get; init; }

    /// <summary>True for the STARTTLS that the server agreed to: TLS follows.</summary>
    public bool IsStartTls { get; init; }
}
