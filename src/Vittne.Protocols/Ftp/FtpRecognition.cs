using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Ftp;

/// <summary>Tells the control connection of FTP from SMTP, POP3 and IRC, which share words with it.</summary>
internal static class FtpRecognition
{
    private const ushort ControlPort = 21;
    private const ushort Pop3Port = 110;

    /// <summary>Commands of RFC 959 and its extensions (RFC 2228, 2389, 2428, 2640, 3659, 4217, 7151).</summary>
    public static readonly string[] Verbs =
    [
        "USER", "PASS", "ACCT", "CWD", "CDUP", "SMNT", "QUIT", "REIN", "PORT", "PASV", "TYPE", "STRU", "MODE", "RETR", "STOR", "STOU", "APPE", "ALLO",
        "REST", "RNFR", "RNTO", "ABOR", "DELE", "RMD", "MKD", "PWD", "LIST", "NLST", "SITE", "SYST", "STAT", "HELP", "NOOP", "AUTH", "ADAT", "PBSZ", "PROT",
        "CCC", "MIC", "CONF", "ENC", "FEAT", "OPTS", "EPRT", "EPSV", "LPRT", "LPSV", "LANG", "MDTM", "MFMT", "MFCT", "MFF", "MLSD", "MLST", "SIZE", "TVFS",
        "HOST", "CLNT", "CSID", "XCRC", "XMD5", "XSHA1", "XCWD", "XMKD", "XRMD", "XPWD", "XCUP", "COMB", "AVBL", "DSIZ",
    ];

    /// <summary>Whether a direction begins with a greeting or a command of FTP.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length > 0 && data[0] is not (>= (byte)'1' and <= (byte)'6') && (data[0] | 0x20) is < (byte)'a' or > (byte)'x')
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
            return sourcePort == ControlPort ? Recognition.Yes
                : !line.StartsWith("220"u8) || CommandLine.Contains(line, "smtp"u8) ? Recognition.No
                : CommandLine.Contains(line, "ftp"u8) || CommandLine.Contains(rest, "ftp"u8) ? Recognition.Yes
                : Recognition.NeedMore;
        }

        ReadOnlySpan<byte> verb = CommandLine.Word(line, out ReadOnlySpan<byte> argument);
        return CommandLine.Known(verb, Verbs) switch
        {
            null => Recognition.No,
            _ when destinationPort == ControlPort => Recognition.Yes,

            // IRC has USER with four arguments; the greeting of POP3 was asked before, unless it is missing.
            "USER" when destinationPort != Pop3Port && CommandLine.IsPrintable(argument) => Recognition.Yes,
            "AUTH" when CommandLine.Begins(argument, "TLS"u8) || CommandLine.Begins(argument, "SSL"u8) => Recognition.Yes,
            _ => Recognition.No,
        };
    }
}
