using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Irc;

/// <summary>
/// A message of IRC (RFC 2812 section 2.3.1): <c>[@tags] [:prefix] command params [:trailing]</c>, as a view of its bytes.
/// </summary>
public readonly ref struct IrcMessage
{
    // RFC 2812 allows 15; services send some more.
    private const int MaxParams = 64;

    private readonly ReadOnlySpan<byte> _params;

    private IrcMessage(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> command, ReadOnlySpan<byte> parameters)
    {
        Prefix = prefix;
        CommandBytes = command;
        _params = parameters;
    }

    /// <summary>Who the server says that sent it, without the colon; empty in most messages of clients.</summary>
    public ReadOnlySpan<byte> Prefix { get; }

    /// <summary>The verb in upper case, or a number of three digits.</summary>
    public string Command => CommandLine.Known(CommandBytes, IrcRecognition.Verbs) ?? CommandLine.Upper(CommandBytes);

    /// <summary>The parameters in order, the colon of the last one removed.</summary>
    public IReadOnlyList<string> Params
    {
        get
        {
            var list = new List<string>();
            ReadOnlySpan<byte> rest = _params;
            while (!rest.IsEmpty && list.Count < MaxParams)
            {
                list.Add(WireText.Of(TakeParam(ref rest)));
            }

            return list;
        }
    }

    /// <summary>The nickname: of the sender in the prefix, or what NICK asks for; null when none is named.</summary>
    public string? Nick
    {
        get
        {
            if (IsCommand("NICK"u8) && !_params.IsEmpty)
            {
                return Text(Param(0));
            }

            // A prefix without user is the name of a server, unless it cannot be one.
            int end = Prefix.IndexOfAny((byte)'!', (byte)'@');
            return end > 0 ? WireText.Of(Prefix[..end]) : Prefix.IsEmpty || Prefix.Contains((byte)'.') ? null : WireText.Of(Prefix);
        }
    }

    /// <summary>The user name: of the sender in the prefix, or what USER gives; null when none is named.</summary>
    public string? User
    {
        get
        {
            if (IsCommand("USER"u8))
            {
                return Text(Param(0));
            }

            int start = Prefix.IndexOf((byte)'!');
            int end = start < 0 ? -1 : Prefix[start..].IndexOf((byte)'@');
            return start < 0 ? null : Text(end < 0 ? Prefix[(start + 1)..] : Prefix[(start + 1)..(start + end)]);
        }
    }

    /// <summary>The first channel among the first three parameters; null when there is none.</summary>
    public string? Channel
    {
        get
        {
            for (int i = 0; i < 3; i++)
            {
                ReadOnlySpan<byte> param = Param(i);
                if (param.Length > 1 && param[0] is (byte)'#' or (byte)'&' && !param.Contains((byte)' '))
                {
                    return WireText.Of(param);
                }
            }

            return null;
        }
    }

    internal ReadOnlySpan<byte> CommandBytes { get; }

    /// <summary>The parameter of an index; empty when there is none.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<byte> Param(int index)
    {
        ReadOnlySpan<byte> rest = _params, param = default;
        for (int i = 0; i <= index; i++)
        {
            param = rest.IsEmpty ? default : TakeParam(ref rest);
        }

        return param;
    }

    /// <summary>Reads a message.</summary>
    /// <returns>False when there is no command of printable characters.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out IrcMessage message)
    {
        ReadOnlySpan<byte> rest = line.TrimStart((byte)' '), prefix = default;
        if (rest.StartsWith("@"u8))
        {
            CommandLine.Word(rest, out rest);
        }

        if (rest.StartsWith(":"u8))
        {
            prefix = CommandLine.Word(rest, out rest)[1..];
        }

        ReadOnlySpan<byte> command = CommandLine.Word(rest, out ReadOnlySpan<byte> parameters);
        message = new IrcMessage(prefix, command, parameters);
        return CommandLine.IsPrintable(command);
    }

    internal bool IsCommand(ReadOnlySpan<byte> command) => CommandLine.Begins(CommandBytes, command) && CommandBytes.Length == command.Length;

    private static ReadOnlySpan<byte> TakeParam(scoped ref ReadOnlySpan<byte> rest)
    {
        if (rest[0] == (byte)':')
        {
            ReadOnlySpan<byte> trailing = rest[1..];
            rest = default;
            return trailing;
        }

        return CommandLine.Word(rest, out rest);
    }

    private static string? Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Of(bytes);
}
