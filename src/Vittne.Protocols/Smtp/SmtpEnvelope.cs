namespace Vittne.Protocols.Smtp;

/// <summary>What a command tells of the message that it is part of.</summary>
internal sealed record SmtpEnvelope(string? Helo, string? MailFrom, IReadOnlyList<string> RcptTo);
