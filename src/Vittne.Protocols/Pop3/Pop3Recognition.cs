using System.Buffers;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Pop3;

/// <summary>Tells POP3 from FTP, which has USER and PASS too, and from Redis and NATS, which answer a bare <c>+OK</c>.</summary>
internal static class Pop3Recognition
{
    private const ushort Port = 110;
    private const int DigestLength = 32;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Commands of RFC 1939 and its extensions.</summary>
    public static readonly string[] Verbs =
        ["USER", "PASS", "APOP", "AUTH", "CAPA", "STAT", "LIST", "UIDL", "RETR", "DELE", "TOP", "NOOP", "RSET", "QUIT", "STLS", "XTND", "LAST", "UTF8", "LANG"];

    /// <summary>Whether a direction begins with a greeting or a command of POP3.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length > 0 && data[0] is not ((byte)'+' or (byte)'-') && (data[0] | 0x20) is < (byte)'a' or > (byte)'x')
        {
            return Recognition.No;
        }

        Recognition whole = CommandLine.TakeFirst(data, out ReadOnlySpan<byte> line);
        if (whole != Recognition.Yes)
        {
            return whole;
        }

        if (IsStatus(line))
        {
            return sourcePort == Port || line.StartsWith("+OK "u8) ? Recognition.Yes : Recognition.No;
        }

        ReadOnlySpan<byte> verb = CommandLine.Word(line, out ReadOnlySpan<byte> argument);
        return CommandLine.Known(verb, Verbs) switch
        {
            null => Recognition.No,
            _ when destinationPort == Port => Recognition.Yes,
            "CAPA" or "STLS" when argument.IsEmpty => Recognition.Yes,
            "APOP" => IsDigest(argument) ? Recognition.Yes : Recognition.No,
            _ => Recognition.No,
        };
    }

    /// <summary>True for a line that begins with <c>+OK</c> or <c>-ERR</c>.</summary>
    public static bool IsStatus(ReadOnlySpan<byte> line) =>
        CommandLine.Known(CommandLine.Word(line, out _), ["+OK", "-ERR"]) is not null;

    private static bool IsDigest(ReadOnlySpan<byte> argument)
    {
        CommandLine.Word(argument, out ReadOnlySpan<byte> digest);
        return digest.Length == DigestLength && !digest.ContainsAnyExcept(HexDigits);
    }
}
