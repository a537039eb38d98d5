using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Imap;

/// <summary>IMAP (RFC 9051, 3501): commands with their completions. Literals are never read as lines.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class ImapParser(FlowIdentity flow, IRecordSink sink) : DialogueParser(flow, sink)
{
    // Names, passwords and search words are shorter; what is longer is a message.
    private const int MaxKeptLiteral = 1024;

    // No message and no mailbox is that large: the number is an attack or damage.
    private const long MaxLiteral = 1L << 40;

    private static readonly string[] Statuses = ["OK", "NO", "BAD", "PREAUTH", "BYE"];

    private OpenCommand? _unfinished;
    private ImapArgument _argument = new();
    private byte[] _announced = [];
    private bool _hasGreeting;
    private bool _isAnswerUnfinished;

    /// <summary>Whether a direction begins with a greeting or a command of IMAP, whatever the port.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        ImapRecognition.Recognizes(data, sourcePort, destinationPort);

    internal static string? StatusOf(ReadOnlySpan<byte> word) => CommandLine.Known(word, Statuses);

    /// <inheritdoc/>
    protected override bool IsEmptyLineMeant => IsResponseExpected || _unfinished is not null;

    /// <inheritdoc/>
    protected override bool? IsAnswer(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> tag = CommandLine.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> word = CommandLine.Word(rest, out _);
        return tag.SequenceEqual("*"u8) || tag.SequenceEqual("+"u8) || StatusOf(word) is not null ? true
            : CommandLine.Known(word, ImapRecognition.Verbs) is not null ? false
            : null;
    }

    /// <inheritdoc/>
    protected override void OnCommandLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        if (_unfinished is { } unfinished)
        {
            AddToArgument(unfinished, line, at);
            return;
        }

        ReadOnlySpan<byte> tag = CommandLine.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> word = CommandLine.Word(rest, out ReadOnlySpan<byte> argument);
        string? verb = CommandLine.Known(word, ImapRecognition.Verbs);
        if (TryTakeResponse(line, isCommand: verb is not null))
        {
            return;
        }

        if (!ImapRecognition.IsTag(tag) || (verb is null && (IsUncertain(Client) || !CommandLine.IsPrintable(word))))
        {
            // DONE ends IDLE without a tag (RFC 9051 section 6.3.13).
            if (!CommandLine.Begins(line, "DONE"u8))
            {
                Stray(Client, at);
            }

            return;
        }

        if (verb is not null)
        {
            Confirm(Client);
        }

        bool isByUid = verb == "UID";
        if (isByUid)
        {
            word = CommandLine.Word(argument, out argument);
            verb = CommandLine.Known(word, ImapRecognition.Verbs);
        }

        OpenCommand command = Command(verb ?? CommandLine.Upper(word), default, at, WireText.Of(tag));
        command.State = isByUid ? command : null;
        EndAuthentication();
        _argument = new ImapArgument();
        Begin(command, at);
        AddToArgument(command, argument, at);
    }

    /// <inheritdoc/>
    protected override void OnBlock(Direction direction, ReadOnlySpan<byte> block) => _argument.AddQuoted(block);

    /// <inheritdoc/>
    protected override void OnAnswerLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        bool isContinued = _isAnswerUnfinished;
        _isAnswerUnfinished = ImapLiteral.TryRead(line, out long length, out _) && length <= MaxLiteral;
        if (_isAnswerUnfinished)
        {
            SkipBytes(1 - Client, length);
        }

        if (isContinued)
        {
            return;
        }

        ReadOnlySpan<byte> tag = CommandLine.Word(line, out ReadOnlySpan<byte> rest);
        string? status = StatusOf(CommandLine.Word(rest, out ReadOnlySpan<byte> text));
        byte[]? kept = status is null ? null : text[..Math.Min(text.Length, CommandRecord.MaxKeptLength)].ToArray();
        if (tag.SequenceEqual("*"u8))
        {
            Confirm(1 - Client);
            if (!_hasGreeting && kept is not null && Open.Count == 0)
            {
                EmitAnswer(0, status, kept, at);
            }

            _hasGreeting = true;
        }
        else if (tag.SequenceEqual("+"u8))
        {
            OnConsent(rest);
        }
        else if (kept is not null)
        {
            OnCompletion(tag, status, kept, at);
        }
        else
        {
            Stray(1 - Client, at);
        }
    }

    /// <inheritdoc/>
    protected override void OnLoss(Direction direction, in PacketStamp at)
    {
        if (direction == Client)
        {
            _unfinished = null;
        }
        else
        {
            // Completions find their command by its tag; only what waits for consent must go on.
            _isAnswerUnfinished = false;
            StopWaiting(Client);
        }
    }

    /// <inheritdoc/>
    private protected override void Emit(OpenCommand command, Direction direction, in PacketStamp at) => Sink.Add(new ImapRecord
    {
        Flow = Flow,
        At = at,
        FirstPacket = command.At.Number == at.Number ? 0 : command.At.Number,
        Direction = direction,
        Command = command.Verb,
        Argument = command.Argument,
        Tag = command.Tag,
        Status = command.Status,
        Reply = command.Reply,
        Sasl = command.Sasl,
        IsByUid = command.State is not null,
        IsStartTls = IsStartTls(command),
    });

    private static bool IsStartTls(OpenCommand command) => command is { Verb: "STARTTLS", Status: "OK" };

    private void AddToArgument(OpenCommand command, ReadOnlySpan<byte> line, in PacketStamp at)
    {
        bool hasLiteral = ImapLiteral.TryRead(line, out long length, out int start);
        if (hasLiteral && length > MaxLiteral)
        {
            Report(Client, AnomalyKind.LineLiteral, $"literal of {length} bytes", at);
            hasLiteral = false;
        }

        // What an APPEND brings is a message, however small.
        bool isKept = hasLiteral && length <= MaxKeptLiteral && command.Verb != "APPEND";
        _argument.Add(isKept ? line[..start] : line);
        _announced = isKept ? line[start..].ToArray() : [];
        _unfinished = hasLiteral ? command : null;
        command.Argument = _argument.ToArray();
        if (!hasLiteral)
        {
            OnWhole(command);
            return;
        }

        if (isKept && length > 0)
        {
            TakeBlock(Client, (int)length);
        }
        else
        {
            if (isKept)
            {
                _argument.AddQuoted(default);
            }

            SkipBytes(Client, length);
        }
    }

    private void OnWhole(OpenCommand command)
    {
        if (command.Verb == "AUTHENTICATE")
        {
            ReadOnlySpan<byte> mechanism = CommandLine.Word(command.Argument, out ReadOnlySpan<byte> initial);
            BeginAuthentication(command, new SaslExchange(CommandLine.Upper(mechanism), isEncoded: true), initial);
        }

        if (command.Verb is "AUTHENTICATE" or "STARTTLS" or "COMPRESS")
        {
            WaitFor(command);
        }
    }

    private void OnConsent(ReadOnlySpan<byte> text)
    {
        if (Authenticating is { } command && (Waiting is null || Waiting == command))
        {
            AddChallenge(command, text);
        }

        if (Waiting is { } waiting)
        {
            Release(waiting);
        }
    }

    private void OnCompletion(ReadOnlySpan<byte> tag, string? status, byte[] text, in PacketStamp at)
    {
        Confirm(1 - Client);
        string name = WireText.Of(tag);
        OpenCommand? command = null;
        foreach (OpenCommand open in Open)
        {
            if (open.Tag == name)
            {
                command = open;
                break;
            }
        }

        if (command is null)
        {
            return;
        }

        if (command == _unfinished)
        {
            // The literal was refused: it is not sent.
            _argument.Add(_announced);
            command.Argument = _argument.ToArray();
            _unfinished = null;
            ReadLines(Client);
        }

        Release(command);
        if (command == Authenticating)
        {
            EndAuthentication();
        }

        command.Status = status;
        command.Reply = text;
        Complete(command, at);
        if (IsStartTls(command))
        {
            HandOver(at);
        }
        else if (command is { Verb: "COMPRESS", Status: "OK" })
        {
            // What follows is compressed (RFC 4978).
            Finish(at);
        }
    }
}
