using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Smtp;

/// <summary>One SMTP or LMTP command with its reply (RFC 5321, 2033). DATA and BDAT stand for the message: they tell its envelope.</summary>
public sealed record SmtpRecord : CommandRecord
{
    /// <summary>Code of the last reply; 0 when none came.</summary>
    public required int ReplyCode { get; init; }

    /// <summary>Codes of replies before the last one: 354 behind DATA, 334 behind AUTH.</summary>
    public IReadOnlyList<long> Interim { get; init; } = [];

    /// <summary>Name that the client gives itself; with EHLO, HELO, LHLO and the commands of a message.</summary>
    public string? Helo { get; init; }

    /// <summary>Address of the sender without angle brackets, <c>&lt;&gt;</c> for the empty one; with MAIL, DATA and BDAT.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Addresses of the recipients; with RCPT its own, with DATA and BDAT all that were named.</summary>
    public IReadOnlyList<string> RcptTo { get; init; } = [];

    /// <summary>True for the STARTTLS that the server agreed to (RFC 3207).</summary>
    public bool IsStartTls { get; init; }
}
