using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Smtp;

/// <summary>Tells SMTP from FTP, which greets with the same code, and from other text.</summary>
internal static class SmtpRecognition
{
    /// <summary>Commands of RFC 5321, their extensions and what large servers add.</summary>
    public static readonly string[] Verbs =
    [
        "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "QUIT", "AUTH", "STARTTLS", "VRFY", "EXPN", "HELP", "ETRN", "TURN",
        "ATRN", "SEND", "SOML", "SAML", "BURL", "XCLIENT", "XFORWARD", "X-EXPS", "XEXCH50", "X-LINK2STATE", "XEXPS",
    ];

    /// <summary>Whether a direction begins with a greeting or a command of SMTP.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length > 0 && data[0] is not (>= (byte)'2' and <= (byte)'5') && (data[0] | 0x20) is < (byte)'a' or > (byte)'x')
        {
            return Recognition.No;
        }

        Recognition whole = CommandLine.TakeFirst(data, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest);
        if (whole != Recognition.Yes)
        {
            return whole;
        }

        if (CommandLine.IsNumericReply(line))
        {
            return IsPort(sourcePort) ? Recognition.Yes
                : !line.StartsWith("220"u8) ? Recognition.No
                : IsMailGreeting(line) ? Recognition.Yes
                : CommandLine.Contains(line, "ftp"u8) ? Recognition.No

                // What the client says decides; or a later line of the greeting.
                : IsMailGreeting(rest) ? Recognition.Yes : Recognition.NeedMore;
        }

        return IsStrictCommand(line) || (IsPort(destinationPort) && CommandLine.Known(CommandLine.Word(line, out _), Verbs) is not null)
            ? Recognition.Yes
            : Recognition.No;
    }

    private static bool IsPort(ushort port) => port is 25 or 587 or 2525 or 24;

    private static bool IsMailGreeting(ReadOnlySpan<byte> line) => CommandLine.Contains(line, "smtp"u8) || CommandLine.Contains(line, "lmtp"u8)
        || CommandLine.Contains(line, "postfix"u8) || CommandLine.Contains(line, "sendmail"u8) || CommandLine.Contains(line, "exim"u8);

    // Commands that no other protocol has in this form.
    private static bool IsStrictCommand(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> verb = CommandLine.Word(line, out ReadOnlySpan<byte> argument);
        return CommandLine.Known(verb, Verbs) switch
        {
            "EHLO" or "HELO" or "LHLO" => CommandLine.IsPrintable(argument),
            "MAIL" => CommandLine.Begins(argument, "FROM:"u8),
            "RCPT" => CommandLine.Begins(argument, "TO:"u8),
            _ => false,
        };
    }
}
