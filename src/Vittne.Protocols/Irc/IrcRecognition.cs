using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Irc;

/// <summary>Tells IRC from other text.</summary>
internal static class IrcRecognition
{
    // PASS and CAP come before NICK; more lines are not looked at.
    private const int MaxLines = 4;
    private const int MaxNickLength = 64;

    /// <summary>Commands of RFC 2812 and IRCv3.</summary>
    public static readonly string[] Verbs =
    [
        "NICK", "USER", "JOIN", "PRIVMSG", "PING", "PONG", "NOTICE", "MODE", "QUIT", "PART", "PASS", "CAP", "AUTHENTICATE", "TOPIC", "NAMES", "LIST", "INVITE",
        "KICK", "WHO", "WHOIS", "WHOWAS", "OPER", "SERVICE", "SQUIT", "SERVER", "MOTD", "LUSERS", "VERSION", "STATS", "LINKS", "TIME", "CONNECT", "TRACE",
        "ADMIN", "INFO", "SERVLIST", "SQUERY", "KILL", "ERROR", "AWAY", "REHASH", "DIE", "RESTART", "SUMMON", "USERS", "WALLOPS", "USERHOST", "ISON",
        "STARTTLS", "TAGMSG", "CHGHOST", "ACCOUNT", "BATCH", "SETNAME", "MONITOR", "WEBIRC", "MAP", "PROTOCTL",
    ];

    /// <summary>Whether a direction begins with a message of IRC.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length > 0 && data[0] is not ((byte)':' or (byte)'@') && !char.IsAsciiLetter((char)data[0]))
        {
            return Recognition.No;
        }

        for (int i = 0; i < MaxLines; i++)
        {
            Recognition whole = CommandLine.TakeFirst(data, out ReadOnlySpan<byte> line, out data);
            if (whole != Recognition.Yes)
            {
                return whole;
            }

            if (!IrcMessage.TryParse(line, out IrcMessage message) || !IsKnown(message))
            {
                return Recognition.No;
            }

            if (IsPort(sourcePort) || IsPort(destinationPort) || IsStrict(message))
            {
                return Recognition.Yes;
            }

            // PASS and the like are words of other protocols too: the next line tells.
            if (!message.IsCommand("PASS"u8))
            {
                return Recognition.No;
            }

            if (data.IsEmpty)
            {
                return Recognition.NeedMore;
            }
        }

        return Recognition.No;
    }

    /// <summary>True for a message whose command is a number or a known verb.</summary>
    public static bool IsKnown(IrcMessage message) => IsNumber(message.CommandBytes) || CommandLine.Known(message.CommandBytes, Verbs) is not null;

    private static bool IsPort(ushort port) => port is (>= 6660 and <= 6669) or 7000 or 194 or 57000;

    private static bool IsNumber(ReadOnlySpan<byte> command) => command.Length == 3 && !command.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsStrict(IrcMessage message) => CommandLine.Known(message.CommandBytes, Verbs) switch
    {
        // Numbers come from servers, whose prefix is their name, and go to a nickname.
        null => message.Prefix.Length > 0 && message.Param(0).Length > 0,
        "NICK" => message.Param(0).Length is > 0 and <= MaxNickLength && message.Param(1).IsEmpty && CommandLine.IsPrintable(message.Param(0)),
        "USER" => message.Param(3).Length > 0,
        "CAP" => CommandLine.Known(message.Param(0), ["LS", "REQ", "END", "LIST"]) is not null || message.Prefix.Length > 0,
        "JOIN" or "PART" or "PRIVMSG" or "TOPIC" or "KICK" => message.Channel is not null,
        "NOTICE" => message.Prefix.Length > 0 || CommandLine.Known(message.Param(0), ["AUTH", "*"]) is not null,
        "PING" or "MODE" or "ERROR" => message.Prefix.Length > 0,
        _ => false,
    };
}
