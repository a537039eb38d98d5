using System.Buffers;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Imap;

/// <summary>Tells IMAP from other text.</summary>
internal static class ImapRecognition
{
    private const ushort Port = 143;
    private const int MaxTagLength = 32;

    private static readonly SearchValues<byte> NotInTags = SearchValues.Create("(){%*\"\\+/:"u8);

    /// <summary>Commands of RFC 9051, RFC 3501 and extensions that clients use.</summary>
    public static readonly string[] Verbs =
    [
        "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "AUTHENTICATE", "LOGIN", "ENABLE", "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE",
        "UNSUBSCRIBE", "LIST", "LSUB", "NAMESPACE", "STATUS", "APPEND", "IDLE", "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY",
        "MOVE", "UID", "ID", "COMPRESS", "GETQUOTA", "GETQUOTAROOT", "SETQUOTA", "GETACL", "SETACL", "DELETEACL", "MYRIGHTS", "LISTRIGHTS", "SORT", "THREAD",
        "XLIST", "GETMETADATA", "SETMETADATA", "NOTIFY", "RESETKEY", "GENURLAUTH", "URLFETCH", "CATENATE", "ESEARCH", "UNAUTHENTICATE",
    ];

    private static readonly string[] OpeningVerbs =
        ["CAPABILITY", "STARTTLS", "AUTHENTICATE", "LOGIN", "SELECT", "EXAMINE", "LIST", "LSUB", "NAMESPACE", "UID", "ID"];

    /// <summary>Whether a direction begins with a greeting or a command of IMAP.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length > 0 && data[0] != (byte)'*' && !char.IsAsciiLetterOrDigit((char)data[0]))
        {
            return Recognition.No;
        }

        Recognition whole = CommandLine.TakeFirst(data, out ReadOnlySpan<byte> line);
        if (whole != Recognition.Yes)
        {
            return whole;
        }

        ReadOnlySpan<byte> tag = CommandLine.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> verb = CommandLine.Word(rest, out _);
        if (tag.SequenceEqual("*"u8))
        {
            bool isGreeting = CommandLine.Known(verb, ["OK", "PREAUTH", "BYE"]) is not null && verb.Length < rest.Length;
            return isGreeting || sourcePort == Port ? Recognition.Yes : Recognition.No;
        }

        bool isPort = destinationPort == Port;
        return IsTag(tag) && CommandLine.Known(verb, isPort ? Verbs : OpeningVerbs) is not null && (isPort || tag.ContainsAnyInRange((byte)'0', (byte)'9'))
            ? Recognition.Yes
            : sourcePort == Port && IsTag(tag) && ImapParser.StatusOf(verb) is not null ? Recognition.Yes
            : Recognition.No;
    }

    /// <summary>True for a word that can be a tag: letters, digits and little else, as all clients make them.</summary>
    public static bool IsTag(ReadOnlySpan<byte> word) =>
        word.Length is > 0 and <= MaxTagLength && CommandLine.IsPrintable(word) && !word.ContainsAny(NotInTags);
}
