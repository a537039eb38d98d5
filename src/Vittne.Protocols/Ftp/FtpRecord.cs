using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Ftp;

/// <summary>One command of an FTP control connection with its reply (RFC 959).</summary>
public sealed record FtpRecord : CommandRecord
{
    /// <summary>Code of the last reply; 0 when none came.</summary>
    public required int ReplyCode { get; init; }

    /// <summary>Codes of preliminary replies (1xx) before the last one.</summary>
    public IReadOnlyList<long> Interim { get; init; } = [];

    /// <summary>Name given with the last USER command so far, this one included; null before it.</summary>
    public string? User { get; init; }

    /// <summary>The channel that the command or its reply announces; null for others.</summary>
    public FtpDataChannel? DataChannel { get; init; }

    /// <summary>True for the AUTH that the server agreed to (RFC 4217): TLS follows.</summary>
    public bool IsAuthTls { get; init; }
}
